// Finds a Chromium for the end-to-end tests: Playwright's own, else the system's.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type LaunchOptions } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Keeps a system browser quiet, offline and able to run as root. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  // A page that a test writes has no address of its own, and Chromium would keep it from loading a local script.
  '--disable-features=LocalNetworkAccessChecks',
]

/** Path of the browser to start, `'own'` for the one that Playwright installed, or null where there is none. */
export function findBrowser(): string | null {
  if (existsSync(chromium.executablePath())) return 'own'
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES]
  return candidates.find((candidate) => existsSync(candidate)) ?? null
}

export function launchOptions(): LaunchOptions {
  const found = findBrowser()
  return { args: ARGUMENTS, ...(found !== null && found !== 'own' && { executablePath: found }) }
}
