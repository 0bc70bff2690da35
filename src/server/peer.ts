// Says which package to install when one that the server needs only sometimes is not there.

/** The module that `loading` brings; rejects with an error that names the package and why it is needed. */
export async function peer<Module>(name: string, reason: string, loading: Promise<Module>): Promise<Module> {
  try {
    return await loading
  } catch (cause) {
    throw new Error(`${reason}, but the package "${name}" could not be loaded; run npm install ${name}`, { cause })
  }
}
