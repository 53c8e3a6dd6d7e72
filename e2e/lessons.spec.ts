/** Every lesson of the course, to its end, by keyboard alone, in both languages: before its action a step is not done, after it it is. */

import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { COURSE } from '../src/labs/course.ts'
import type { Action, Lesson, Place, Question } from '../src/state/lesson/lesson.ts'
import { CONTROLS, isInMenu } from '../src/views/hooks/usePointed.ts'
import { axeFinds } from './axe.ts'
import { expect, test } from './test.ts'

const LESSONS = COURSE.map(
  ({ id, lab }) =>
    JSON.parse(readFileSync(new URL(`../src/labs/${lab}/lessons/${id}.json`, import.meta.url), 'utf8')) as Lesson,
)

/** What stands in words for what the run cannot tell. */
const UNMEASURED = /(^|\s)–|NaN/

/** The first choice, or some number. */
async function answer(page: Page, question: Question): Promise<void> {
  const asked = page.getByTestId('lesson-question')
  if ('choices' in question) {
    await asked.getByRole('radio').first().focus()
    await page.keyboard.press('Space')
  } else {
    await asked.getByRole('textbox').focus()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
  }
}

function placeOf(page: Page, place: Place): Locator {
  const [name = '', number] = place.split(' ')
  if (name === 'token') return page.getByTestId('token-strip').getByTestId('token').nth(Number(number))
  const part = page.getByTestId(name).first()
  return number === undefined ? part : part.locator(CONTROLS).nth(Number(number))
}

/** From the lesson to each place, and the keys there. */
async function perform(page: Page, { keys }: Action): Promise<void> {
  let gone = 0
  for (const { focus, press } of keys) {
    if (isInMenu(focus)) await placeOf(page, focus).focus()
    else await goTo(page, focus, gone++)
    for (const key of press) await page.keyboard.press(key)
  }
}

/** By the button of the lesson, which is pressed until the place is there: a tool may be on its way. */
async function goTo(page: Page, place: Place, at: number): Promise<void> {
  await expect(async () => {
    await page.getByTestId('lesson-go').nth(at).focus()
    await page.keyboard.press('Enter')
    await expect(placeOf(page, place), place).toBeFocused({ timeout: 1000 })
  }).toPass({ timeout: 30_000 })
}

async function press(page: Page, testId: string): Promise<void> {
  await page.getByTestId(testId).focus()
  await page.keyboard.press('Enter')
}

/** Panels of the stage whose head alone would be higher than they are. */
function squeezed(page: Page): Promise<string[]> {
  return page.locator('.stage > .panel').evaluateAll((panels) =>
    panels.flatMap((panel) => {
      const { height } = panel.getBoundingClientRect()
      return height > 0 && height < 80 ? [`${panel.textContent?.slice(0, 40)}: ${height} px`] : []
    }),
  )
}

async function play(page: Page, lesson: Lesson): Promise<void> {
  const panel = page.getByTestId('lesson')
  for (const [at, { question, action, point }] of lesson.steps.entries()) {
    const name = `${lesson.id}, step ${at + 1}`
    await expect(panel, name).toHaveAttribute('data-step', String(at + 1))
    await expect(page.getByTestId('lesson-body'), name).toBeVisible({ timeout: 60_000 })
    await expect(page.getByTestId('lesson-otherwise'), `${name}: the shipped run shows it`).toHaveCount(0)
    await expect(page.getByTestId('lesson-body'), `${name}: all is measured`).not.toContainText(UNMEASURED)
    if (point) await expect(page.locator('[data-pointed]'), `${name}: ${point}`).toHaveCount(1)
    await expect(page.getByTestId('lesson-done'), `${name}: not done before`).toHaveCount(0)
    expect(await squeezed(page), `${name}: panels that the lesson has left no room`).toEqual([])
    if (question) {
      if (question.judged === 'after') await expect(page.getByTestId('lesson-act'), name).toHaveCount(0)
      await answer(page, question)
      const judged = question.judged === 'now' ? 1 : 0
      await expect(page.getByTestId('lesson-verdict'), name).toHaveCount(judged)
    }
    if (action) {
      await expect(page.getByTestId('lesson-act'), name).toBeVisible()
      await perform(page, action)
      await expect(page.getByTestId('lesson-done'), `${name}: done after`).toHaveAttribute('data-holds', 'true', {
        timeout: 30_000,
      })
    }
    if (question) await expect(page.getByTestId('lesson-verdict'), name).toHaveAttribute('data-right', /true|false/)
    await expect(panel, name).toHaveAttribute('data-passed', 'true')
    await expect(page.getByTestId('lesson-body'), `${name}: all is measured`).not.toContainText(UNMEASURED)
    await press(page, 'lesson-next')
  }
  await expect(panel).toHaveCount(0)
}

for (const language of ['en', 'ru']) {
  for (const lab of new Set(COURSE.map((one) => one.lab))) {
    test(`${lab}: the lessons in ${language}`, async ({ page, query }) => {
      const lessons = LESSONS.filter((lesson) => lesson.lab === lab)
      test.setTimeout(60_000 + 60_000 * lessons.length)
      await page.goto(`./${query}#/${lab}?lang=${language}`)
      await press(page, 'course')
      for (const lesson of lessons) {
        // The last step of a lesson leads back to the course.
        await page.locator(`[data-testid="course-lesson"][data-lesson="${lesson.id}"]`).focus()
        await page.keyboard.press('Enter')
        await play(page, lesson)
      }
      const done = page.locator('[data-testid="course-lesson"] .course-progress[data-done]')
      await expect(done).toHaveCount(lessons.length)
    })
  }
}

/** A lesson of a reader's own. @param change of what is right about it */
function ownLesson(change: (lesson: Record<string, unknown>) => void = () => {}): {
  name: string
  mimeType: string
  buffer: Buffer
} {
  const lesson = structuredClone(LESSONS[0]) as unknown as Record<string, unknown>
  Object.assign(lesson, {
    id: 'mine',
    words: { en: { ...(LESSONS[0] as Lesson).words.en, title: '<b>Mine</b><img src=x>' } },
  })
  change(lesson)
  return { name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(lesson)) }
}

test('a lesson of one’s own is played, its markup is text; what does not fit is told by the name of the field', async ({
  page,
  query,
}) => {
  await page.goto(`./${query}#/vision`)
  await page.getByTestId('course').click()
  const choose = async (file: ReturnType<typeof ownLesson>) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByTestId('own-lesson').locator('.button').click(),
    ])
    await chooser.setFiles(file)
  }
  const told = page.getByTestId('course-dialog').getByTestId('banner')
  await choose(ownLesson((lesson) => Object.assign(lesson, { steps: [] })))
  await expect(told).toContainText('steps')
  await choose(ownLesson((lesson) => Object.assign(lesson, { lab: 'kitchen' })))
  await expect(told).toContainText('kitchen')
  await choose({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from('{"version": 1,') })
  await expect(told).toContainText('JSON')
  await expect(page.getByTestId('lesson')).toHaveCount(0)
  await choose(ownLesson())
  await expect(page.getByTestId('lesson').getByRole('heading')).toHaveText('<b>Mine</b><img src=x>')
  await expect(page.getByTestId('text-lab')).toBeVisible()
  expect(page.url()).not.toContain('lesson=')
  await page.getByTestId('lesson-next').click()
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  // No address names it: the tab remembers.
  await page.reload()
  await expect(page.getByTestId('lesson').getByRole('heading')).toHaveText('<b>Mine</b><img src=x>')
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await page.getByTestId('lesson-close').click()
  await expect(page.getByTestId('lesson')).toHaveCount(0)
  await page.reload()
  await expect(page.getByTestId('attention-map')).toBeVisible()
  await expect(page.getByTestId('lesson')).toHaveCount(0)
})

test('a link opens a step; one to a lesson that is not there opens the lab and says so', async ({ page, query }) => {
  await page.goto(`./${query}#/text?lesson=what-is-special.2`)
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await page.getByTestId('lesson').locator('summary').click()
  await page.getByTestId('lesson-terms').getByRole('link').first().click()
  await expect(page.getByTestId('glossary')).toContainText('special token')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('glossary')).toHaveCount(0)
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await page.goto('about:blank')
  await page.goto(`./${query}#/text?lesson=nothing`)
  await expect(page.getByTestId('banner')).toContainText('There is no such lesson')
  await expect(page.getByTestId('attention-map')).toBeVisible()
})

test('an edit that the step does not ask for is told, and is not judged', async ({ page, query }) => {
  await page.goto(`./${query}#/text?lesson=cls-gathers.3`)
  await page.getByTestId('lesson-question').getByRole('radio').first().check()
  const chip = (at: number) => page.getByTestId('token-strip').getByTestId('token').nth(at)
  await expect(page.getByTestId('lesson-elsewhere')).toHaveCount(0)
  await chip(4).press('m')
  await expect(page.getByTestId('lesson-elsewhere')).toBeVisible()
  // Both of them: the answer would be that of two edits.
  await chip(2).press('m')
  await expect(chip(2)).toHaveAttribute('data-status', 'masked')
  await expect(page.getByTestId('lesson-verdict')).toHaveCount(0)
  await chip(4).press('m')
  await expect(page.getByTestId('lesson-verdict')).toBeVisible()
  await expect(page.getByTestId('lesson-elsewhere')).toHaveCount(0)
})

test('another lab ends the lesson, and the way back leads into it', async ({ page, query }) => {
  await page.goto(`./${query}#/text?lesson=what-is-special.2`)
  const panel = page.getByTestId('lesson')
  await expect(panel).toHaveAttribute('data-step', '2')
  await page.locator('.shell-nav a[href*="tokenizers"]').click()
  await expect(page.getByTestId('columns-panel')).toBeVisible()
  await expect(panel).toHaveCount(0)
  await page.goBack()
  await expect(panel).toHaveAttribute('data-step', '2')
})

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`axe finds nothing in the course, a lesson and the menu of the page, ${viewport.width} wide`, async ({
    page,
    query,
  }) => {
    await page.setViewportSize(viewport)
    await page.goto(`./${query}#/text?lesson=sep-sink`)
    await expect(page.getByTestId('lesson-question')).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const opened of [null, 'course', 'page-menu-button']) {
        if (opened) await page.getByTestId(opened).click()
        if (opened === 'course') await expect(page.getByTestId('course-lesson').first()).toBeVisible()
        expect(await axeFinds(page), `${opened}, ${colorScheme}`).toEqual([])
        if (opened) await page.keyboard.press('Escape')
      }
    }
  })
}
