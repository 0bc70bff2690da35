// How the fields look where looks are rules: in the dark, on narrow screens, under a finger, and written from right to left.
import type { Page } from '@playwright/test'
import { everything } from './every-field.ts'
import { expect, test } from './fixture.ts'
import { answer, combobox, enter, field, photos, rules } from './nightline.ts'

const sent = { ...everything, photos: answer(true, [photos]), conduct: answer(true, rules) }

/** Everything in the card that takes a pointer, with its name and the shorter of its sides. */
async function targets(page: Page): Promise<readonly { readonly name: string; readonly side: number }[]> {
  return page.locator('.latchkey-card').evaluate((card) =>
    [...card.querySelectorAll('button, a, input, select, textarea, [role="option"]')].map((element) => {
      const { width, height } = element.getBoundingClientRect()
      return {
        name: element.getAttribute('aria-label') ?? element.textContent ?? element.id,
        side: Math.min(width, height),
      }
    }),
  )
}

const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' })

  test('every state has its contrast', async ({ page, demo, declared }) => {
    await enter(page, demo, sent)
    await field(page, 'Title').fill('')
    await page.getByRole('checkbox', { name: 'house rules' }).uncheck()
    await page.getByRole('switch', { name: 'travel fund' }).check()
    await page.getByRole('button', { name: 'Clear' }).first().click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2)
    await declared.expectAccessible()
    await combobox(page, 'Country you live in').click()
    await page.keyboard.press('ArrowDown')
    await declared.expectAccessible()
  })
})

test('everything can be hit with a finger', async ({ page, demo, isMobile }) => {
  await enter(page, demo, sent)
  await combobox(page, 'Language of the talk').click()
  const all = await targets(page)
  expect(all.length).toBeGreaterThan(70)
  expect(all.filter(({ side }) => side < 24)).toEqual([])
  if (!isMobile) return
  const buttons = page.locator('.latchkey-card').getByRole('button')
  for (const button of await buttons.all()) expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44)
})

test('long words and narrow screens cut nothing off', async ({ page, demo, declared }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
  await enter(page, demo, { ...sent, talk_title: word.slice(0, 80), past_talks: [`https://talks.example/${word}`] })
  expect(await sideways(page)).toBe(0)
  await page.locator('.latchkey-card').evaluate((card, text) => {
    for (const label of card.querySelectorAll('label, legend, h3, [id$="-hint"], [id$="-label"]'))
      if (label.firstChild) label.firstChild.textContent = text
  }, word)
  expect(await sideways(page)).toBe(0)
  const covered = await page.locator('.latchkey-card').evaluate((card) => {
    // What is scrolled out of sight in a list of its own covers nothing.
    const labels = [...card.querySelectorAll('label')].filter((label) => !label.closest('.latchkey-scrolls'))
    const boxes = labels.map((label) => label.getBoundingClientRect())
    return boxes.filter((box, index) =>
      boxes.some(
        (other, place) =>
          place > index &&
          other.top < box.bottom - 1 &&
          other.left < box.right &&
          other.right > box.left &&
          other.bottom > box.bottom,
      ),
    ).length
  })
  expect(covered).toBe(0)
  await declared.expectAccessible()
})

test('from right to left everything changes sides', async ({ page, demo, declared }) => {
  await enter(page, demo, sent)
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl'
  })
  const [card, box, remove] = await Promise.all(
    [
      page.locator('.latchkey-card'),
      page.getByRole('checkbox', { name: 'Sleep' }),
      page.getByRole('button', { name: 'Remove Link 1' }),
    ].map((part) => part.boundingBox()),
  )
  const middle = (card?.x ?? 0) + (card?.width ?? 0) / 2
  expect(box?.x).toBeGreaterThan(middle)
  expect(remove?.x).toBeLessThan(middle)
  expect(await sideways(page)).toBe(0)
  await declared.expectAccessible()
})
