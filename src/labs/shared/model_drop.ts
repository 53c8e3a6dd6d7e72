/** A model's files out of what a person chose or dropped: by path, and only those that a loader asks for. */

import type { DropItem } from 'react-aria-components'
import { ClsroomError } from '../../core/errors.ts'

/** Files by their path. */
export type ModelFileSet = Record<string, File>

const WANTED =
  /(^|\/)(config\.json|tokenizer\.json|tokenizer_config\.json|preprocessor_config\.json|[\w.-]+\.safetensors|[\w.-]+\.safetensors\.index\.json)$/
/** A folder with more in it is not a model's: a disk, a home. */
const MAX_ENTRIES = 2000

export function modelFiles(files: Iterable<File>): ModelFileSet {
  return wanted(Array.from(files, (file) => [file.webkitRelativePath || file.name, file]))
}

/** @throws ClsroomError `input` for a folder that is too large to look through */
export async function droppedFiles(items: readonly DropItem[]): Promise<ModelFileSet> {
  const found: [path: string, file: File][] = []
  let seen = 0
  async function visit(item: DropItem, folder: string): Promise<void> {
    if (++seen > MAX_ENTRIES) throw tooManyFiles()
    if (item.kind === 'file') {
      const path = folder + item.name
      if (WANTED.test(path)) found.push([path, await item.getFile()])
    } else if (item.kind === 'directory') {
      for await (const entry of item.getEntries()) await visit(entry, `${folder}${item.name}/`)
    }
  }
  for (const item of items) await visit(item, '')
  return wanted(found)
}

function wanted(files: [path: string, file: File][]): ModelFileSet {
  if (files.length > MAX_ENTRIES) throw tooManyFiles()
  return Object.fromEntries(files.filter(([path]) => WANTED.test(path)))
}

function tooManyFiles(): ClsroomError {
  return new ClsroomError('input', 'This folder holds more than a model', {
    found: `more than ${MAX_ENTRIES} files`,
    expected: 'the folder of one model',
    advice: 'Drop the folder that config.json lies in',
  })
}
