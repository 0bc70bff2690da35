// `npm run bench`: what a keystroke draws and how long it takes with 10 to 500 fields; fails when a key draws more than its control.
import { writeFileSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'
import { launchOptions } from '../browser.ts'
import { contestants } from './contestants.ts'
import { forms } from './forms.ts'
import { countDraws, type KeyTime, medians, timeKeys } from './measure.ts'
import { breaches, type Row, rowOf, table } from './report.ts'
import { servePages } from './serve.ts'

/** Times each case is loaded anew; the cases take turns, so that a busy moment meets all of them. */
const LOADS = 3

/** One form of one contestant, in each of its sizes. */
const families = contestants.flatMap((contestant) =>
  forms
    .filter(({ name }) => contestant.forms.includes(name))
    .map((form) => form.sizes.map((fields) => ({ measured: { contestant, form, fields }, times: [] as KeyTime[] }))),
)

async function measureAll(browser: Browser, origin: string): Promise<readonly Row[]> {
  for (let load = 1; load <= LOADS; load += 1) {
    for (const { measured, times } of families.flat()) times.push(await timeKeys(browser, origin, measured))
    process.stdout.write(`timed ${load} of ${LOADS} loads\n`)
  }
  const rows: Row[] = []
  for (const family of families) {
    const smallest = medians(family[0]?.times ?? [])
    for (const { measured, times } of family) {
      rows.push(rowOf(measured, medians(times), smallest, await countDraws(browser, origin, measured)))
    }
  }
  return rows
}

const served = await servePages(contestants)
const browser = await chromium.launch(launchOptions())
try {
  const rows = await measureAll(browser, served.origin)
  process.stdout.write(`${table(rows)}\n`)
  if (process.argv.includes('--write')) writeFileSync('e2e/bench/result.json', `${JSON.stringify(rows, null, 2)}\n`)
  const found = breaches(rows)
  for (const breach of found) process.stderr.write(`${breach}\n`)
  if (found.length > 0) process.exitCode = 1
} finally {
  await browser.close()
  served.close()
}
