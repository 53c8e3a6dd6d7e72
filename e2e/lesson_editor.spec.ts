/** The editor of lessons: a lesson is written by keyboard, tried, saved, opened again and performed. */

import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import type { Lesson } from '../src/state/lesson/lesson.ts'
import { axeFinds } from './axe.ts'
import { expect, test } from './test.ts'

const field = (page: Page, path: string) => page.locator(`[data-field="${path}"]`)
const problems = (page: Page) => page.getByTestId('editor-problems')

async function openEditor(page: Page): Promise<void> {
  await press(page.getByTestId('course'))
  await press(page.getByTestId('write-lesson'))
  await expect(page.getByTestId('lesson-editor')).toBeVisible()
}

async function press(button: Locator, key = 'Enter'): Promise<void> {
  await button.focus()
  await button.page().keyboard.press(key)
}

/** Types over what stands in a field. */
async function write(into: Locator, text: string): Promise<void> {
  await into.focus()
  const { keyboard } = into.page()
  await keyboard.press('ControlOrMeta+a')
  await keyboard.insertText(text)
}

/** How many tokens are masked, and that there are more of them than there were. */
async function writeMaskedRose(page: Page, expression: Locator): Promise<void> {
  await press(expression.getByTestId('measure'), 'ArrowDown')
  await press(expression.getByTestId('narrow'))
  await page.getByTestId('narrow-menu').getByRole('menuitem', { name: 'status' }).focus()
  await page.keyboard.press('Enter')
  await press(expression.getByLabel('status', { exact: true }), 'ArrowDown')
  await expression.getByTestId('relation').focus()
  for (let up = 0; up < 4; up++) await page.keyboard.press('ArrowUp')
  await expect(expression.getByTestId('relation')).toHaveValue('rose')
}

async function saved(page: Page): Promise<{ name: string; lesson: Lesson }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page.getByTestId('save-lesson'))])
  return {
    name: download.suggestedFilename(),
    lesson: JSON.parse(readFileSync(await download.path(), 'utf8')) as Lesson,
  }
}

/** What a reader does in the lesson that is written below. */
async function perform(page: Page): Promise<void> {
  const lesson = page.getByTestId('lesson')
  await expect(lesson.getByRole('heading')).toHaveText('Masking')
  await expect(page.getByTestId('lesson-body')).toContainText(/Nobody is masked: 0 tokens/)
  await press(lesson.getByRole('radio').first(), 'Space')
  await page.getByTestId('token-strip').getByTestId('token').nth(1).focus()
  await page.keyboard.press('m')
  await expect(page.getByTestId('lesson-done')).toHaveText('Masked.')
  await expect(page.getByTestId('lesson-verdict')).toHaveAttribute('data-right', 'true')
}

test('a lesson is written by keyboard alone, tried, saved, opened again and performed', async ({
  page,
  query,
  text,
}) => {
  await text.open()
  await openEditor(page)
  expect(page.url()).not.toContain('lesson')
  await write(field(page, 'words.en.title'), 'Masking')
  await write(field(page, 'words.en.about'), 'What a mask is.')
  await write(field(page, 'id'), 'masking')
  await write(field(page, 'sources.0.title'), 'A paper')

  await press(page.getByTestId('page-step'))
  await press(page.getByTestId('record-state'))
  await expect(page.getByTestId('step-state')).toContainText('clsroom-bert')

  // A number in the words: named, chosen, put where the caret stands; what the words say now is shown.
  await write(field(page, 'steps.0.text.0'), 'Nobody is masked: ')
  await write(page.getByTestId('value-name'), 'masked')
  await page.keyboard.press('Enter')
  const value = field(page, 'steps.0.values.masked')
  await press(value.getByTestId('measure'), 'ArrowDown')
  await press(value.getByTestId('narrow'))
  await page.getByTestId('narrow-menu').getByRole('menuitem', { name: 'status' }).focus()
  await page.keyboard.press('Enter')
  await press(value.getByLabel('status', { exact: true }), 'ArrowDown')
  await expect(value.getByTestId('live-value')).toHaveText('now 0, at the start 0')
  await press(page.getByTestId('step-value').getByLabel('Written as').last(), 'End')
  await press(page.getByTestId('step-value').getByLabel('Written as').last(), 'ArrowUp')
  await press(page.getByTestId('insert-value'))
  await expect(field(page, 'steps.0.text.0')).toHaveValue('Nobody is masked: {masked}')
  await expect(field(page, 'steps.0.text.0')).toBeFocused()
  await page.keyboard.insertText(' tokens')
  await expect(page.getByTestId('lesson-editor')).toContainText('Now: Nobody is masked: 0 tokens')

  // A part of the page is picked by focus and Enter, which does nothing else.
  await press(field(page, 'steps.0.point').getByTestId('pick'))
  await page.getByTestId('pin').first().focus()
  await page.keyboard.press('Enter')
  await expect(field(page, 'steps.0.point').getByTestId('place')).toHaveValue('pin')
  await expect(page.locator('[data-pointed]')).toHaveCount(1)
  expect((await text.state()) as object).not.toHaveProperty('pinned')

  // An action, with its predicate by a form and its keys as they are pressed.
  await press(page.getByTestId('has-action'), 'Space')
  await write(field(page, 'steps.0.action.text'), 'Mask the first word.')
  await writeMaskedRose(page, field(page, 'steps.0.action.until'))
  await write(field(page, 'steps.0.action.done'), 'Masked.')
  const holds = field(page, 'steps.0.action.until').getByTestId('live-value')
  await expect(holds).toHaveText('now: not so')
  await press(page.getByTestId('record-keys'))
  await page.getByTestId('token-strip').getByTestId('token').nth(1).focus()
  await page.keyboard.press('m')
  await press(page.getByTestId('record-keys'))
  await expect(holds).toHaveText('now: it holds')
  await expect(field(page, 'steps.0.action.keys.0.press')).toHaveValue('m')

  // A question: one choice by a form, the other as JSON, which names what is wrong in it.
  await page.getByTestId('question-kind').getByLabel('none').focus()
  await page.keyboard.press('ArrowRight')
  const choices = page.getByTestId('choice')
  await write(field(page, 'steps.0.question.text'), 'How many are masked then?')
  await write(field(page, 'steps.0.question.choices.0.text'), 'More.')
  await writeMaskedRose(page, field(page, 'steps.0.question.choices.0.right'))
  await write(field(page, 'steps.0.question.choices.1.text'), 'As many.')
  const other = field(page, 'steps.0.question.choices.1.right')
  await other.getByLabel('form').focus()
  await page.keyboard.press('ArrowRight')
  await write(other.getByRole('textbox'), '{"not": {"roes": 1}}')
  await expect(other.getByRole('alert')).toContainText('not “roes” is none of measure')
  await expect(problems(page)).toHaveAttribute('data-count', '1')

  // What is wrong keeps the file from being saved, and the field is shown.
  await press(page.getByTestId('save-lesson'))
  await expect(problems(page)).toContainText('question.choices.1.right.not')
  await expect(choices.nth(1).locator(':focus')).toHaveCount(1)
  await write(other.getByRole('textbox'), '{"not": {"rose": {"measure": "count", "status": "masked"}}}')
  await expect(problems(page)).toHaveAttribute('data-count', '0')

  await press(page.getByTestId('try-lesson'))
  await perform(page)
  expect(page.url()).not.toContain('lesson')
  expect(await page.evaluate(() => localStorage.getItem('clsroom.lessons'))).toBeNull()
  await press(page.getByTestId('lesson-edit'))
  await expect(page.getByTestId('lesson-editor')).toBeVisible()

  const { name, lesson } = await saved(page)
  expect(name).toBe('masking.json')
  expect(lesson.steps[0].action?.keys).toEqual([{ focus: 'token 1', press: ['m'] }])
  expect(lesson.steps[0].action?.until).toEqual({ rose: { measure: 'count', status: 'masked' } })

  // A browser that knows nothing of it opens the file.
  await page.evaluate(() => localStorage.clear())
  await page.goto('about:blank')
  await page.goto(`./${query}#/vision`)
  await page.getByTestId('course').click()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByTestId('own-lesson').locator('.button').click(),
  ])
  await chooser.setFiles(asFile(lesson))
  await perform(page)
})

function asFile(lesson: object, name = 'mine.json') {
  return { name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(lesson)) }
}

test('a draft is there after a reload, and nowhere in the address; deleted steps and drafts come back', async ({
  page,
  text,
}) => {
  await text.open()
  await openEditor(page)
  await write(field(page, 'words.en.title'), 'Half written')
  await page.getByTestId('page-step').click()
  await write(field(page, 'steps.0.text.0'), 'First')
  await page.getByTestId('editor-language').getByRole('radio', { name: 'ru' }).click()
  await expect(page.getByTestId('lesson-editor')).toContainText('English: First')
  await write(field(page, 'steps.0.text.0'), 'Первый')
  await page.getByTestId('duplicate-step').click()
  await expect(field(page, 'steps.1.text.0')).toHaveValue('Первый')
  await page.getByTestId('remove-step').click()
  await expect(page.getByTestId('page-step')).toHaveCount(1)
  await page.getByTestId('editor-undo').click()
  await expect(page.getByTestId('page-step')).toHaveCount(2)
  expect(page.url()).not.toMatch(/lesson|Half/)

  await page.reload()
  await page.getByTestId('course').click()
  await expect(page.getByTestId('write-lesson')).toContainText('Half written')
  await page.getByTestId('write-lesson').click()
  await expect(page.getByTestId('page-step')).toHaveCount(2)
  await page.getByTestId('page-step').nth(1).click()
  await expect(field(page, 'steps.1.text.0')).toHaveValue('First')

  await page.getByTestId('discard-draft').click()
  await expect(page.getByTestId('page-step')).toHaveCount(1)
  await page.getByTestId('editor-undo').click()
  await expect(page.getByTestId('page-step')).toHaveCount(2)
})

test('a lesson of the course is the start of one’s own; what is shown is its lab', async ({ page, query }) => {
  await page.goto(`./${query}#/vision`)
  await page.getByTestId('course').click()
  await page.locator('[data-lesson="sep-sink"] + [data-testid="start-from"]').click()
  await expect(page.getByTestId('text-lab')).toBeVisible()
  await expect(field(page, 'id')).toHaveValue('my-sep-sink')
  await expect(problems(page)).toHaveAttribute('data-count', '0')
  await page.getByTestId('page-step').nth(1).click()
  await page.getByTestId('show-state').click()
  // Its numbers are those of the run that is shown.
  await expect(page.getByTestId('lesson-editor')).toContainText(/Now: .*\d %/)
  await page.getByTestId('try-lesson').click()
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  // A reload goes on with what is tried, and the way back leads into the editor.
  await page.reload()
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await page.getByTestId('lesson-edit').click()
  await expect(field(page, 'id')).toHaveValue('my-sep-sink')
})

test('what a file or an author writes is text: markup is shown, braces that cannot be said and paths are refused by name', async ({
  page,
  text,
}) => {
  await text.open()
  await openEditor(page)
  await write(field(page, 'words.en.title'), '<script>alert(1)</script>')
  await write(field(page, 'words.en.about'), 'a <img src=x onerror=alert(1)> and ../../secrets')
  await write(field(page, 'id'), '../../secrets')
  await write(field(page, 'sources.0.title'), '{{x}}')
  await write(field(page, 'sources.0.url'), 'javascript:alert(1)')
  const told = problems(page)
  await told.locator('summary').click()
  await expect(told).toContainText('id small letters, digits and dashes')
  await expect(told).toContainText('sources.0.url an address that begins with https://')
  await write(field(page, 'id'), 'mine')
  await write(field(page, 'sources.0.url'), '')
  await page.getByTestId('page-step').click()
  await write(field(page, 'steps.0.text.0'), 'An open {brace and <b>bold</b>')
  await expect(told).toContainText('Step 1: text.0 (en)')
  await expect(page.getByTestId('lesson-editor')).toContainText('This cannot be said')
  await write(field(page, 'steps.0.text.0'), 'Of {nothing} <b>bold</b>')
  await expect(told).toContainText('{nothing} is no value of this step')
  await write(field(page, 'steps.0.text.0'), 'Just <b>bold</b>')
  await expect(told).toHaveAttribute('data-count', '0')
  await page.getByTestId('try-lesson').click()
  const lesson = page.getByTestId('lesson')
  await expect(lesson.getByRole('heading')).toHaveText('<script>alert(1)</script>')
  await expect(page.getByTestId('lesson-body')).toHaveText('Just <b>bold</b>')
  await expect(lesson.locator('b, script, img')).toHaveCount(0)
})

test('a lesson file that is dropped anywhere is played; one that does not fit names its field; other files go where they went', async ({
  page,
  text,
}) => {
  await text.open()
  const drop = (name: string, content: unknown) =>
    page.evaluate(
      ([called, json]) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([json], called, { type: 'application/json' }))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      [name, JSON.stringify(content)] as const,
    )
  await drop('config.json', { model_type: 'bert' })
  await expect(text.banner.first()).toBeVisible()
  await expect(page.getByTestId('lesson')).toHaveCount(0)
  const lesson = JSON.parse(
    readFileSync(new URL('../src/labs/text/lessons/sep-sink.json', import.meta.url), 'utf8'),
  ) as object
  await drop('mine.json', { ...lesson, minutes: 0 })
  await expect(text.banner.first()).toContainText('minutes: from 1 to 120')
  await drop('mine.json', lesson)
  await expect(page.getByTestId('lesson')).toBeVisible()
  expect(page.url()).not.toContain('lesson')
  await page.getByTestId('lesson-edit').click()
  await expect(field(page, 'words.en.title')).not.toHaveValue('')
})

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
]) {
  test(`axe finds nothing in the editor, ${viewport.width} wide; the lab stays in view`, async ({ page, query }) => {
    await page.setViewportSize(viewport)
    await page.goto(`./${query}#/text`)
    await page.getByTestId('course').click()
    await page.locator('[data-lesson="sep-sink"] + [data-testid="start-from"]').click()
    await expect(problems(page)).toHaveAttribute('data-count', '0')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const opened of ['page-about', 'page-step']) {
        await page.getByTestId(opened).first().click()
        if (opened === 'page-step') await page.getByTestId('step-value').first().locator('summary').click()
        expect(await axeFinds(page), `${opened}, ${colorScheme}`).toEqual([])
      }
    }
    const [editor, lab] = await Promise.all(
      [page.getByTestId('lesson-editor'), page.getByTestId('map-panel')].map((part) => part.boundingBox()),
    )
    if (!editor || !lab) throw new Error('the editor and the lab are both on screen')
    const isBeside = lab.x >= editor.x + editor.width - 1
    expect(isBeside || lab.y < editor.y).toBe(true)
    expect(editor.y + editor.height).toBeLessThanOrEqual(viewport.height + 1)
  })
}
