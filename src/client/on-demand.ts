// Parts that a page fetches only once it needs them, so that a form takes input before they are there.
import { LatchkeyError } from '../contract/errors.ts'

/** Loads a part of the library; rejects with `network` when it cannot be fetched. */
export async function onDemand<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch {
    throw new LatchkeyError('network', 'a part of Latchkey could not be fetched; serve the chunks beside the module')
  }
}
