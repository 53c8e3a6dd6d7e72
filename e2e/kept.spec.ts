/** What is on screen is not lost: in another language, while presenting, in another lab, on the way back, beside a lesson, in a second tab. */

import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { chooseLanguage } from './page_menu.ts'
import { expect, test } from './test.ts'
import type { TextPage } from './text_page.ts'

const MINE = 'he was happy .'
const LESSON = readFileSync(new URL('../src/labs/text/lessons/sep-sink.json', import.meta.url), 'utf8')

/** A link that was opened, and then edited. */
async function editedLink(text: TextPage): Promise<void> {
  await text.open()
  await text.show('the movie was terrible .')
  await expect.poll(() => text.page.url()).toContain('s=')
  await text.page.reload()
  await text.ready()
  await text.show(MINE)
}

async function ownLesson(page: Page, change: (lesson: { steps: { state?: { link: object } }[] }) => void = () => {}) {
  const lesson = { ...JSON.parse(LESSON), id: 'mine' }
  change(lesson)
  await page.getByTestId('course').click()
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByTestId('own-lesson').locator('.button').click(),
  ])
  await chooser.setFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(lesson)),
  })
}

const texts = async (text: TextPage) => ((await text.state()) as { texts: string[] }).texts

test('an edit of a moment ago stays in another language, while presenting and under a term of the glossary', async ({
  page,
  text,
}) => {
  await editedLink(text)
  await chooseLanguage(page, 'Русский')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  expect(await texts(text)).toEqual([MINE])
  await text.rerun(() => text.chip('happy').press('m'))
  await page.getByTestId('page-menu-button').click()
  await page.getByTestId('present').click()
  await expect(page.getByTestId('present-bar')).toBeVisible()
  expect((await text.tokens()).filter(({ status }) => status === 'masked')).toHaveLength(1)
  await text.show('she was late .')
  await page.getByTestId('present-panels').click()
  await page.getByTestId('present-panels-menu').locator('[data-action=atlas]').click()
  await page.keyboard.press('Escape')
  await page.getByTestId('present-bar').getByTestId('present').click()
  await expect(page.getByTestId('present-bar')).toHaveCount(0)
  expect(await texts(text)).toEqual(['she was late .'])
})

test('a reload shows what was on screen after a visit to another lab, or a press on the lab’s own tab', async ({
  page,
  text,
}) => {
  await text.open()
  await text.show(MINE)
  const nav = page.getByRole('navigation').first()
  await nav.getByRole('link', { name: 'Masks' }).click()
  await expect(page.getByTestId('masks-lab')).toBeVisible()
  await nav.getByRole('link', { name: 'Text' }).click()
  await expect(page.getByTestId('text-lab')).toBeVisible()
  await expect.poll(() => page.url()).toContain('s=')
  await nav.getByRole('link', { name: 'Text' }).click()
  await expect.poll(() => page.url()).toContain('s=')
  await page.reload()
  await text.ready()
  expect(await texts(text)).toEqual([MINE])
})

test('the way back out of a lesson leads to what was there before it', async ({ page, text }) => {
  await text.open()
  await text.show(MINE)
  await page.getByTestId('course').click()
  await page.locator('[data-testid="course-lesson"][data-lesson="sep-sink"]').click()
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  expect(await texts(text)).not.toEqual([MINE])
  await page.goBack()
  await expect(page.getByTestId('lesson')).toHaveCount(0)
  await expect.poll(() => texts(text)).toEqual([MINE])

  await ownLesson(page)
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  expect(await texts(text)).not.toEqual([MINE])
  await page.goBack()
  await expect.poll(() => texts(text)).toEqual([MINE])
})

test('a lesson keeps its step in another language', async ({ page, text }) => {
  await text.open({ hash: '#/text?lesson=mask-training' })
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await page.getByTestId('lesson-next').click()
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await chooseLanguage(page, 'Русский')
  await expect(page.getByTestId('lesson').getByTestId('lesson-close')).toHaveAccessibleName('Закрыть урок')
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
})

test('of a lesson and an address opened after it, the address is shown, alone', async ({ page, text }) => {
  await text.open()
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/assets/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.evaluate(() => {
    location.hash = '#/vision?lesson=registers'
  })
  await page.evaluate(() => {
    location.hash = '#/text?lesson=sep-sink.2'
  })
  release()
  await expect(page.getByTestId('lesson')).toHaveAttribute('data-step', '2')
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await expect(page.getByTestId('text-lab')).toBeVisible()
  expect(page.url()).toContain('#/text?lesson=sep-sink.2')
})

test('a lesson whose step cannot be opened can be closed, and its other steps be shown', async ({ page, text }) => {
  await text.open()
  await ownLesson(page, ({ steps }) => Object.assign(steps[1]?.state?.link ?? {}, { model: 5 }))
  await expect(page.getByTestId('course-dialog').getByTestId('banner')).toContainText('steps.1.state.link: model')
  await expect(page.getByTestId('lesson')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await ownLesson(page, ({ steps }) => Object.assign(steps[1]?.state?.link ?? {}, { model: 'clsroom-nope' }))
  const lesson = page.getByTestId('lesson')
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await lesson.getByTestId('lesson-next').click()
  await expect(lesson.getByTestId('banner')).toContainText('clsroom-nope')
  await lesson.getByRole('button', { name: 'Try again' }).click()
  await expect(lesson.getByTestId('banner')).toContainText('clsroom-nope')
  await lesson.getByTestId('lesson-back').click()
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await lesson.getByTestId('lesson-next').click()
  await expect(lesson.getByTestId('banner')).toBeVisible()
  await lesson.getByTestId('lesson-close').click()
  await expect(lesson).toHaveCount(0)
})

test('an own lesson beside another lab says where it plays, and leads there', async ({ page, text }) => {
  await text.open()
  await ownLesson(page)
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await page.getByRole('navigation').first().getByRole('link', { name: 'Masks' }).click()
  await expect(page.getByTestId('masks-lab')).toBeVisible()
  await expect(page.getByTestId('lesson').getByTestId('banner')).toContainText('Text')
  await expect(page.getByTestId('lesson-body')).toHaveCount(0)
  await page.reload()
  await expect(page.getByTestId('masks-lab')).toBeVisible()
  await expect(page.getByTestId('lesson').getByTestId('banner')).toContainText('Text')
  await page.getByTestId('lesson').getByRole('button', { name: 'Go there' }).click()
  await expect(page.getByTestId('text-lab')).toBeVisible()
  await expect(page.getByTestId('lesson-body')).toBeVisible()
})

test('the last step of a lesson leads to the course', async ({ page, text }) => {
  await text.open({ hash: '#/text?lesson=sep-sink.3' })
  await expect(page.getByTestId('lesson-body')).toBeVisible()
  await page.getByTestId('lesson-next').click()
  await expect(page.getByTestId('course-dialog')).toBeVisible()
  await expect(page.getByTestId('lesson')).toHaveCount(0)
})

test('what is wrong with a lesson file is told in Russian, too', async ({ page, text }) => {
  await text.open({ hash: '#/text?lang=ru' })
  await ownLesson(page, (lesson) => Object.assign(lesson, { minutes: undefined }))
  const told = page.getByTestId('course-dialog').getByTestId('banner')
  await expect(told).toContainText('minutes: нужно число, а здесь пусто')
})

test('a lecture goes on in another language, and the next one begins anew', async ({ page, text }) => {
  await text.open({ hash: '#/text?present' })
  const timer = page.getByTestId('present-timer')
  await page.keyboard.press('t')
  await expect(timer).toContainText('0:02')
  await page.keyboard.press('Control+k')
  await expect(page.locator('.palette input')).toBeFocused()
  await page.keyboard.type('русский')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
  await expect(timer).toHaveAttribute('aria-pressed', 'true')
  await expect(timer).not.toContainText('0:00')
  await page.getByTestId('present-bar').getByTestId('present').click()
  await expect(page.getByTestId('present-bar')).toHaveCount(0)
  await page.getByTestId('page-menu-button').click()
  await page.getByTestId('present').click()
  await expect(timer).toHaveAttribute('aria-pressed', 'false')
  await expect(timer).toContainText('0:00')
})

test('what another tab has done is known here', async ({ page, text, context, query }) => {
  await text.open()
  const other = await context.newPage()
  await other.goto(`./${query}#/text`)
  await page.getByTestId('course').click()
  const progress = page.locator('[data-lesson="sep-sink"] .course-progress')
  await expect(progress).not.toContainText('1')
  await other.evaluate(() => localStorage.setItem('clsroom.lessons', JSON.stringify({ 'sep-sink': [1] })))
  await expect(progress).toContainText('1')
})
