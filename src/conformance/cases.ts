// The thirty conformance cases, in the order of their numbers.
import type { ConformanceCase } from './case.ts'
import { originCases } from './origin-cases.ts'
import { recoveryCases } from './recovery-cases.ts'
import { refusalCases } from './refusal-cases.ts'
import { sessionCases } from './session-cases.ts'
import { signUpCases } from './sign-up-cases.ts'
import { signUpValueCases } from './sign-up-value-cases.ts'
import { updateCases } from './update-cases.ts'

export const CASES: readonly ConformanceCase[] = [
  ...signUpCases,
  ...signUpValueCases,
  ...sessionCases,
  ...updateCases,
  ...refusalCases,
  ...originCases,
  ...recoveryCases,
].sort((one, other) => one.number - other.number)
