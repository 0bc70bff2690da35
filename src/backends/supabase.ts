// The backend for Supabase Auth (GoTrue): a project's address and its publishable key.
import { onDemand } from '../client/on-demand.ts'
import type { Backend } from '../contract/backend.ts'
import { supabaseCapabilities } from './supabase-capabilities.ts'
import { projectOf, type SupabaseOptions } from './supabase-project.ts'

/**
 * A backend for a project of Supabase, or for its Auth server at an address of the site's own.
 * Throws TypeError for a wrong address or option, and for a secret key: a page hands it to everybody.
 *
 * @example
 * const latchkey = createLatchkey({ backend: supabase('https://xyz.supabase.co', { key: 'sb_publishable_…' }) })
 */
export function supabase(url: string, options: SupabaseOptions): Backend {
  const project = projectOf(url, options)
  const calls = () => onDemand(() => import('./supabase-calls.ts'))
  const paths = { signUp: '/signup', logIn: '/token?grant_type=password', profile: '/user' } as const
  return {
    id: 'supabase',
    capabilities: supabaseCapabilities,
    address: (call) => project.base + paths[call],
    signUp: async (input, context) => (await calls()).signUp(project, input, context),
    logIn: async (credentials, context) => (await calls()).logIn(project, credentials, context),
    refresh: async (refreshToken, context) => (await calls()).refresh(project, refreshToken, context),
    logOut: async (context) => (await calls()).logOut(project, context),
    getSession: async (context) => (await calls()).getSession(project, context),
    getProfile: async (context) => (await calls()).getProfile(project, context),
    patchProfile: async (patch, context) => (await calls()).patchProfile(project, patch, context),
  }
}
