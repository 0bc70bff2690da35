// Choices of Nightline's application that its server finds: cabins by station, stations by what is typed.
import type { OptionDefinitions, OptionsContext } from 'latchkey/fields'

export function findCabins({ values, signal }: OptionsContext): Promise<OptionDefinitions> {
  return ask('cabins', { from: String(values.boarding ?? '') }, signal)
}

export function findStations({ search, signal }: OptionsContext): Promise<OptionDefinitions> {
  return ask('stations', { search }, signal)
}

async function ask(what: string, question: Record<string, string>, signal: AbortSignal): Promise<OptionDefinitions> {
  const response = await fetch(`/playground/${what}?${new URLSearchParams(question)}`, { signal })
  if (!response.ok) throw new Error(`/playground/${what} answered ${response.status}`)
  return response.json()
}
