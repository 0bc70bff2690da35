// Reads the TypeErrors that Latchkey throws at a site's mistake, where nothing else tells of the mistake.
import { adviceOn } from './advice.ts'
import { type Finding, givenText } from './finding.ts'
import { tailOf } from './place.ts'

/** How the messages start: a place in a definition or the options, a call, or an element. */
const PLACE =
  /^(?:(?:fields|rules|options)(?:\[\d+\]|\.[^\s:[.]+)*(?=[ :])|(?:mount|show|on|ensure|rest)\(.*?\)(?=: )|<latch-[^>]*>(?=: )|latchkey(?=: ))/

/** The finding in a message, or null for one that is not Latchkey's. */
export function thrownFinding(message: string): Finding | null {
  const [path] = PLACE.exec(message) ?? []
  const tail = path === undefined ? null : tailOf(message.slice(path.length))
  if (path === undefined || !tail) return null
  const key =
    path
      .split(/[.[\]]+/)
      .filter(Boolean)
      .at(-1) ?? ''
  const advice = adviceOn({ keys: [key], path, ...tail })
  return { level: 'error', path, given: givenText(tail.given), ...advice }
}
