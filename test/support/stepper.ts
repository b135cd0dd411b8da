import type { Page } from 'playwright-core'

/** Reading, checking and planning are the agent's work: a slow machine gets its time. */
const patience = { timeout: 60_000 }

export const nextStep = (page: Page) => page.getByRole('button', { name: 'Next' }).click()
/**
 * Waits until a step stands there, by its title, and until the agent has what the one before chose: until then a
 * placeholder stands in its place, and Next moves away under a hand when that gives way.
 */
export async function atStep(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name, level: 1, exact: true }).waitFor(patience)
  await page
    .locator('form.step > [role=status] > .skeleton')
    .first()
    .waitFor({ ...patience, state: 'hidden' })
}

interface Wanted {
  name: string
  backup: string
  attachments: string
}

/** Goes through the steps of a new migration to the practice site, up to its checks. */
export async function walkToChecks(page: Page, { name, backup, attachments }: Wanted) {
  await page.getByLabel('Name', { exact: true }).fill(name)
  await nextStep(page)
  await atStep(page, 'Source')
  await page.getByLabel('Path of the backup').fill(backup)
  await page.getByLabel('Attachments folder').fill(attachments)
  await nextStep(page)
  await atStep(page, 'Inspection')
  await page.getByText('What was found').waitFor(patience)
  await nextStep(page)
  await atStep(page, 'Site')
  await page.getByRole('radio', { name: /^Practice site/ }).check()
  for (const step of ['Scope', 'People', 'Name conflicts', 'Checks']) {
    await nextStep(page)
    await atStep(page, step)
  }
}

/** The same up to its review, which wants that no check blocks it. */
export async function walkToReview(page: Page, wanted: Wanted) {
  await walkToChecks(page, wanted)
  await page.getByText('No check blocks the run.').waitFor(patience)
  await nextStep(page)
  await atStep(page, 'Review')
  await page.getByText('to read and compare').waitFor(patience)
}
