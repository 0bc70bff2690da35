// Entry `latchkey/testing`: a backend in memory and page objects, for a site's own tests.
export { type MemoryBackend, type MemoryOptions, memory } from '../backends/memory.ts'
export type { MemoryAccount } from '../backends/memory-accounts.ts'
export type { Fault, FaultTime, MemoryCall } from '../backends/memory-faults.ts'
export { type MemoryProfile, memoryProfiles } from '../backends/memory-profiles.ts'
export type { MemoryRequest } from '../backends/memory-server.ts'
export type { Capabilities } from '../contract/capabilities.ts'
export type { PageValue } from '../testing/hands.ts'
export type { PlaywrightLocator, PlaywrightPage } from '../testing/playwright-hands.ts'
export {
  type LogInPage,
  logInPage,
  type PageTarget,
  type ProfilePage,
  profilePage,
  type ScreenPage,
  type SignUpPage,
  signUpPage,
} from '../testing/screen-page.ts'
