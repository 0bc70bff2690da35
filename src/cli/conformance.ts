// latchkey conformance: whether a server keeps the account contract, case by case, and an exit code that says so.
import { ConformanceError, type Outcome } from '../conformance/case.ts'
import { type ConformanceHooks, HOOK_NAMES } from '../conformance/hooks.ts'
import { conformanceReport } from '../conformance/report.ts'
import { type Conformance, type ConformanceOptions, runConformance } from '../conformance/run.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { closest } from '../doctor/suggest.ts'
import { isRecord } from '../fields/wrong.ts'
import { type ExitCode, type Failure, fail, type InputOutput } from './input-output.ts'
import { load, loadJson } from './load.ts'
import type { Call } from './usage.ts'

/** Codes of a terminal's colours (ECMA-48, SGR): green, red and yellow of the person's own palette. */
const COLORS: Readonly<Record<Outcome, number>> = { passed: 32, failed: 31, 'not run': 33 }

export async function conformance(call: Call, io: InputOutput): Promise<ExitCode | Failure> {
  const options = await optionsOf(call, io)
  if ('failure' in options) return options
  const result = await outcome(options)
  if ('failure' in result) return result
  const paint = (of: Outcome, word: string) => (io.colors ? `\u001b[${COLORS[of]}m${word}\u001b[39m` : word)
  io.write(call.json ? `${JSON.stringify(result, null, 2)}\n` : conformanceReport(result, paint))
  return result.failed > 0 ? 1 : 0
}

async function outcome(options: ConformanceOptions): Promise<Conformance | Failure> {
  try {
    return await runConformance(options)
  } catch (error) {
    // The kit's own refusals: a server that is none, or an option that is wrong. Both say what to do.
    if (error instanceof ConformanceError || error instanceof TypeError) return { failure: error.message }
    throw error
  }
}

async function optionsOf(call: Call, io: InputOutput): Promise<ConformanceOptions | Failure> {
  const hooks = call.hooks === null ? {} : await hooksIn(call.hooks, io)
  if ('failure' in hooks) return hooks
  const valid = objectOf('--valid', call.valid)
  if ('failure' in valid) return valid
  const attributes = objectOf('--attributes', call.attributes)
  if ('failure' in attributes) return attributes
  const { file: endpoint, origin, only, keys, signUpValues } = call
  if (only !== null && !/^\d+(,\d+)*$/.test(only))
    return fail(`--only ${only}: is no list of numbers`, 'write --only 16,18')
  if (signUpValues !== null && signUpValues !== 'json' && signUpValues !== 'strings')
    return fail(`--sign-up-values ${signUpValues}: is none of both`, 'write json or strings')
  return {
    endpoint,
    fetch: io.fetch,
    hooks,
    valid: valid.object,
    attributes: attributes.object,
    ...(origin !== null && { origin }),
    ...(only !== null && { only: only.split(',').map(Number) }),
    ...(keys !== null && { keys: keys.split(',').filter((key) => key !== '') }),
    ...(signUpValues !== null && { signUpValues }),
  }
}

/** A module that exports the hooks by their names, or an object of them as its default. */
async function hooksIn(path: string, io: InputOutput): Promise<ConformanceHooks | Failure> {
  const loaded = await load(path, io)
  if ('failure' in loaded) return loaded
  const exported = loaded.kind === 'module' ? { ...Object(loaded.value) } : null
  const given: unknown = exported && isRecord(exported.default) ? exported.default : exported
  if (!isRecord(given) || Object.keys(given).length === 0)
    return fail(`${path}: exports no hooks`, `export functions such as ${HOOK_NAMES[0]}`)
  const unknown = Object.keys(given).find((name) => !HOOK_NAMES.some((known) => known === name))
  if (unknown !== undefined) {
    const meant = closest(unknown, HOOK_NAMES)
    return fail(
      `${path}: there is no hook ${unknown}`,
      meant === null ? `use ${HOOK_NAMES.join(', ')}` : `did you mean ${meant}?`,
    )
  }
  return isHooks(given) ? given : fail(`${path}: a hook is no function`, 'export functions only')
}

function isHooks(given: object): given is ConformanceHooks {
  return Object.values(given).every((hook) => typeof hook === 'function')
}

function objectOf(option: string, text: string | null): { readonly object: JsonObject } | Failure {
  if (text === null) return { object: {} }
  const loaded = loadJson(option, text)
  if ('failure' in loaded) return loaded
  return loaded.kind === 'data' && isJsonObject(loaded.value)
    ? { object: loaded.value }
    : fail(`${option} ${text}: is no object`, `write ${option} '{"company":"Acme"}'`)
}
