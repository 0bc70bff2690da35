// What a profile keeps: consents by version, secrets out of sight, and everything that no field of the form is about.
import { expect, test } from './fixture.ts'
import { answer, consent, enter, field, needed, photos, rules, save } from './nightline.ts'

test('a consent is asked for again when its text changes', async ({ page, demo, declared }) => {
  await enter(page, demo, { ...needed, photos: answer(true, [photos]) })
  const conduct = page.getByRole('checkbox', { name: 'house rules' })
  await expect(conduct).toBeChecked()
  await expect(conduct).toHaveAccessibleDescription(/^Quiet from midnight/)
  await expect(page.getByRole('link', { name: 'All house rules' })).toHaveAttribute('href', '/playground.html#rules')
  const earlier = { ...answer(true, rules), version: '2026-1', at: '2026-01-05T10:00:00.000Z' }
  demo.rewriteApplicants((metadata) => ({ ...metadata, conduct: earlier }))
  await page.reload()
  await expect(conduct).not.toBeChecked()
  await expect(page.getByRole('checkbox', { name: photos })).toBeChecked()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    'I will keep to the house rules: This is needed.',
  ])
  await expect(conduct).toBeFocused()
  await declared.expectAccessible()
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ conduct: earlier })
  await page.keyboard.press('Space')
  expect(await save(page)).toEqual({ user_metadata: { conduct: consent(true, ...rules) } })
  await page.reload()
  await expect(conduct).toBeChecked()
})

test('a sensitive value is masked until it is shown, and again after a save', async ({ page, demo }) => {
  await enter(page, demo, { ...needed, rail_pass: 'NL204518' })
  const pass = field(page, 'Rail pass number')
  const show = page.getByRole('button', { name: 'Show' })
  await expect(pass).toHaveValue('NL204518')
  await expect(pass).toHaveCSS('-webkit-text-security', 'disc')
  await expect(show).toHaveAccessibleDescription('Rail pass number (optional)')
  await show.click()
  await expect(show).toHaveAttribute('aria-pressed', 'true')
  await expect(pass).toHaveCSS('-webkit-text-security', 'none')
  await pass.fill('SE112233')
  await save(page)
  await expect(pass).toHaveCSS('-webkit-text-security', 'disc')
})

test('what no field is about survives an edit of everything around it', async ({ page, demo }) => {
  const ticket_address = { street: 'Kiln Lane 12', postal_code: '20095', city: 'Hamburg' }
  await enter(page, demo, {
    ...needed,
    format: 'talk',
    country: 'DE',
    address_book: { city: 'Berlin' },
    paper_ticket: true,
    ticket_address,
    co_speakers: [{ full_name: 'Bea' }],
  })
  const stranger = { loyalty: { points: 12, tags: ['gold', null] }, 'a key': 'ü', seen_at: 1_700_000_000 }
  demo.rewriteApplicants((metadata) => ({
    ...metadata,
    ...stranger,
    address_book: { zip: '10115', city: 'Berlin', more: [{ city: 'Bonn' }] },
    ticket_address: { ...ticket_address, floor: 3 },
    co_speakers: [{ full_name: 'Bea', stage: { mic: true } }],
  }))
  await page.reload()
  await field(page, 'Nearest city').selectOption('Munich')
  await field(page, 'Town').fill('Altona')
  await field(page, 'Role').selectOption('Cooks')
  const after = {
    address_book: { zip: '10115', city: 'Munich', more: [{ city: 'Bonn' }] },
    ticket_address: { ...ticket_address, city: 'Altona', floor: 3 },
    co_speakers: [{ full_name: 'Bea', role: 'Cooks', stage: { mic: true } }],
  }
  expect(await save(page)).toEqual({ user_metadata: after })
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ ...stranger, ...after })
})

test('a value under its earlier name is shown, and moves with the next change', async ({ page, demo }) => {
  await enter(page, demo, needed)
  demo.rewriteApplicants(({ talk_title: _, ...metadata }) => ({ ...metadata, title: 'Named otherwise' }))
  await page.reload()
  await expect(field(page, 'Title')).toHaveValue('Named otherwise')
  await field(page, 'Website').fill('https://ana.example/')
  expect(await save(page)).toEqual({ user_metadata: { website: 'https://ana.example/' } })
  await field(page, 'Title').fill('Named anew')
  expect(await save(page)).toEqual({ user_metadata: { title: null, talk_title: 'Named anew' } })
})
