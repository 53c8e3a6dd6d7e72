/** A text that a person drops on a lab or pastes into its box, and what is said of one that does not fit. */

import { ClsroomError } from '../../core/errors.ts'

/** So many bytes at most stand for a character in UTF-8. */
const MOST_BYTES = 4

/**
 * @param most characters that the box takes
 * @throws ClsroomError `input` for a file that is no text, or of more bytes than any text that fits
 */
export async function readTextFile(file: File, most: number): Promise<string> {
  if (!file.type.startsWith('text/')) {
    throw new ClsroomError('input', 'This lab does not read such a file', {
      found: file.name,
      expected: 'a text, or the folder of a model',
      advice: 'Photos go to the vision lab',
    })
  }
  if (file.size > MOST_BYTES * most) {
    throw new ClsroomError('input', 'The file is too large for a text box here', {
      found: `${file.size} bytes`,
      expected: `at most ${most} characters`,
    })
  }
  return file.text()
}

export function tooLong(length: number, most: number): ClsroomError {
  return new ClsroomError('input', 'The text is too long for a text box here; its end was left out', {
    found: `${length} characters`,
    expected: `at most ${most}`,
  })
}
