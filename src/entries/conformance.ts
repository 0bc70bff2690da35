// Entry `latchkey/conformance`: whether a server keeps the account contract, over any `fetch`.
export {
  type CaseResult,
  type CaseTag,
  type Check,
  ConformanceError,
  type Outcome,
} from '../conformance/case.ts'
export type { Facts } from '../conformance/facts.ts'
export type { ConformanceHooks, Variant } from '../conformance/hooks.ts'
export { conformanceReport } from '../conformance/report.ts'
export { type Conformance, type ConformanceOptions, runConformance } from '../conformance/run.ts'
