// latchkey from-lock: the options of Auth0 Lock as a definition, with a remark on everything that differs.
import { isRecord } from '../fields/wrong.ts'
import { definitionSource } from '../lock/definition-source.ts'
import { fromLock } from '../lock/from-lock.ts'
import { type ExitCode, type Failure, fail, type InputOutput } from './input-output.ts'
import { load } from './load.ts'
import { printable } from './print.ts'
import type { Call } from './usage.ts'

export async function printFromLock({ file }: Call, io: InputOutput): Promise<ExitCode | Failure> {
  const loaded = await load(file, io)
  if ('failure' in loaded) return loaded
  const options = loaded.kind === 'thrown' ? null : optionsIn(loaded.value)
  if (options === null)
    return fail(
      `${file}: exports no options of Lock`,
      'export the object that new Auth0Lock is given as options or as the default',
    )
  const { definitions, notes } = fromLock(options)
  io.write(definitionSource(definitions, notes))
  for (const { path, message } of notes) io.writeError(`${printable(`${path}: ${message}`)}\n`)
  return 0
}

/** The options object, or a list of additional fields alone; from `options`, the default export or `module.exports`. */
function optionsIn(exported: unknown): object | null {
  const value = given(exported)
  if (Array.isArray(value)) return { additionalSignUpFields: value }
  return isRecord(value) && Object.keys(value).length > 0 ? value : null
}

function given(exported: unknown): unknown {
  if (!isRecord(exported)) return exported
  if ('options' in exported) return exported.options
  return 'default' in exported ? given(exported.default) : exported
}
