// End-to-end tests: the built demo in a real Chromium, on a desktop and on a phone.
import { defineConfig, devices } from '@playwright/test'
import { launchOptions } from './e2e/browser.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './e2e/install-browser.ts',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  // Without motion axe never meets a dialog that is still half transparent.
  use: { trace: 'retain-on-failure', contextOptions: { reducedMotion: 'reduce' } },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], launchOptions: launchOptions() } },
    { name: 'phone', use: { ...devices['Pixel 7'], launchOptions: launchOptions() } },
  ],
})
