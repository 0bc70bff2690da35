// Runs before the end-to-end tests: where no browser is found it installs one, or says what to install.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findBrowser } from './browser.ts'

function run(command: string, ...words: string[]): boolean {
  return spawnSync(command, words, { stdio: 'inherit' }).status === 0
}

export function installBrowser(): void {
  if (findBrowser()) return
  run('npx', 'playwright', 'install', 'chromium')
  if (findBrowser()) return
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    run('apt-get', 'update', '-qq')
    run('apt-get', 'install', '-y', '-qq', 'chromium')
    if (findBrowser()) return
  }
  throw new Error(
    'The end-to-end tests need a Chromium. Run "npx playwright install chromium", or install Chromium or Chrome so that it is on the PATH.',
  )
}

// Playwright takes the default export of a global setup.
export default installBrowser
