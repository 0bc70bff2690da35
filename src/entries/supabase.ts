// Entry `latchkey/supabase`: the backend for Supabase Auth.
export { supabase } from '../backends/supabase.ts'
export { supabaseCapabilities } from '../backends/supabase-capabilities.ts'
export type { SupabaseOptions } from '../backends/supabase-project.ts'
export type { Backend } from '../contract/backend.ts'
export type { Capabilities } from '../contract/capabilities.ts'
