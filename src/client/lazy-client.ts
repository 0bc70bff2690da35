// The client of a widget: its calls are fetched with the first of them, as no form needs them before.
import type { Client, ClientOptions } from './client.ts'
import { onDemand } from './on-demand.ts'

/** `createClient` with the same calls and answers; each waits for the code it needs. */
export function createLazyClient(options: () => Promise<ClientOptions>): Client {
  let made: Client | null = null
  const client = async () => {
    const [{ createClient }, known] = await Promise.all([onDemand(() => import('./client.ts')), options()])
    // One for all calls: it remembers the write that is tried again.
    made ??= createClient(known)
    return made
  }
  return {
    signUp: async (input, call) => (await client()).signUp(input, call),
    logIn: async (credentials, call) => (await client()).logIn(credentials, call),
    getToken: async (call) => (await client()).getToken(call),
    startRedirect: async (call) => (await client()).startRedirect(call),
    finishRedirect: async (call) => (await client()).finishRedirect(call),
    logOut: async (call) => (await client()).logOut(call),
    getSession: async (call) => (await client()).getSession(call),
    getProfile: async (call) => (await client()).getProfile(call),
    updateMetadata: async (update, call) => (await client()).updateMetadata(update, call),
    clearMetadata: async (call) => (await client()).clearMetadata(call),
    preview: async (intents, options) => (await client()).preview(intents, options),
    save: async (intents, call) => (await client()).save(intents, call),
  }
}
