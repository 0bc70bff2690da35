// The command latchkey, without a process: arguments in, text and an exit code out.
import { check } from './check.ts'
import { conformance } from './conformance.ts'
import { printDescription } from './describe.ts'
import { printFromLock } from './from-lock.ts'
import type { ExitCode, InputOutput } from './input-output.ts'
import { printable } from './print.ts'
import { HELP, readCall } from './usage.ts'

const COMMANDS = { check, 'from-lock': printFromLock, describe: printDescription, conformance }

/** Does what the arguments say. What went wrong with the call or a file is said on standard error, with exit code 2. */
export async function run(argv: readonly string[], io: InputOutput): Promise<ExitCode> {
  const call = readCall(argv)
  if (call === 'help' || call === 'version') {
    io.write(call === 'help' ? HELP : `${io.version}\n`)
    return 0
  }
  const outcome = 'failure' in call ? call : await COMMANDS[call.command](call, io)
  if (typeof outcome === 'number') return outcome
  io.writeError(`latchkey: ${printable(outcome.failure)}\n`)
  return 2
}
