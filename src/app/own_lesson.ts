/** Lessons that a reader brings: read from a file, or fetched from an address. */

import { ClsroomError } from '../core/errors.ts'
import { MAX_LESSON_BYTES } from '../state/lesson/schema.ts'

/**
 * Whether a JSON file that was dropped is meant as a lesson, whatever is wrong with it; others of that ending belong to models.
 * @throws ClsroomError `input` where it is no JSON: nobody could read it
 */
export async function isLessonFile(file: File): Promise<boolean> {
  if (file.size > MAX_LESSON_BYTES) return false
  const content = parsed(await file.text(), file.name)
  return typeof content === 'object' && content !== null && 'steps' in content && 'lab' in content
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ClsroomError('input', 'This file ends in .json and is no JSON', {
      found: `${name}: ${cause instanceof Error ? cause.message : cause}`,
      expected: 'a lesson, or a file of a model',
      cause,
    })
  }
}

/** @throws ClsroomError `input` for a file that is too long to be a lesson */
export async function readLesson(file: File): Promise<string> {
  if (file.size > MAX_LESSON_BYTES) throw tooLong(file.size)
  return file.text()
}

/** @throws ClsroomError `fetch` where there is nothing to be had */
export async function fetchLesson(address: string): Promise<string> {
  let answer: Response
  try {
    answer = await fetch(new URL(address))
  } catch (cause) {
    throw new ClsroomError('fetch', 'The lesson could not be fetched', {
      found: address,
      expected: 'the whole address of a JSON file, on a server that lets other pages read it',
      advice: 'Download the file and drop it here',
      cause,
    })
  }
  if (!answer.ok)
    throw new ClsroomError('fetch', 'The lesson could not be fetched', { found: `${answer.status} ${address}` })
  const text = await answer.text()
  if (text.length > MAX_LESSON_BYTES) throw tooLong(text.length)
  return text
}

function tooLong(bytes: number): ClsroomError {
  return new ClsroomError('input', 'This file is too long for a lesson', {
    found: `${bytes} bytes`,
    expected: `at most ${MAX_LESSON_BYTES}`,
  })
}
