/** A model's files out of what a person chose or dropped: by path, and only those that a loader asks for. */

import { ClsroomError } from '../../core/errors.ts'

/** Files by their path. */
export type ModelFileSet = Record<string, File>

/** As React Aria gives what is dropped, without dropped text. */
export type Dropped =
  | { kind: 'file'; name: string; getFile(): Promise<File> }
  | { kind: 'directory'; name: string; getEntries(): AsyncIterable<Dropped> }

/** The files that tell a model from anything else. */
const OWN =
  /(^|\/)(config\.json|tokenizer\.json|tokenizer_config\.json|preprocessor_config\.json|vocab\.txt|[\w.-]+\.safetensors|[\w.-]+\.safetensors\.index\.json)$/
const README = /(^|\/)README\.md$/
const isWanted = (path: string) => OWN.test(path) || README.test(path)
/** A folder with more in it is not a model's: a disk, a home. */
const MAX_ENTRIES = 2000

export function modelFiles(files: Iterable<File>): ModelFileSet {
  return wanted(Array.from(files, (file) => [file.webkitRelativePath || file.name, file]))
}

/** @throws ClsroomError `input` for a folder that is too large to look through */
export async function droppedFiles(items: readonly Dropped[]): Promise<ModelFileSet> {
  const found: [path: string, file: File][] = []
  let seen = 0
  async function visit(item: Dropped, folder: string): Promise<void> {
    if (++seen > MAX_ENTRIES) throw tooManyFiles()
    const path = folder + item.name
    if (item.kind === 'directory') {
      for await (const entry of item.getEntries()) await visit(entry, `${path}/`)
    } else if (isWanted(path)) {
      found.push([path, await item.getFile()])
    }
  }
  for (const item of items) await visit(item, '')
  return wanted(found)
}

/** What a native drop holds; to be asked while its event is handled. */
export function itemsOf(transfer: DataTransfer): Dropped[] {
  return Array.from(transfer.items).flatMap((item) => {
    const entry = item.webkitGetAsEntry()
    return entry ? [itemOf(entry)] : []
  })
}

/** Folders and files named like a model's: not a photo, not a text. */
export function isModel(items: readonly Dropped[]): boolean {
  return items.some(({ kind, name }) => kind === 'directory' || OWN.test(name))
}

function itemOf(entry: FileSystemEntry): Dropped {
  const { name } = entry
  if (entry.isFile) {
    const getFile = () => new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return { kind: 'file', name, getFile }
  }
  return {
    kind: 'directory',
    name,
    async *getEntries() {
      const reader = (entry as FileSystemDirectoryEntry).createReader()
      const next = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      // A reader gives a hundred or so at a time, and none at the end.
      for (let some = await next(); some.length > 0; some = await next()) yield* some.map(itemOf)
    },
  }
}

function wanted(files: [path: string, file: File][]): ModelFileSet {
  if (files.length > MAX_ENTRIES) throw tooManyFiles()
  return Object.fromEntries(files.filter(([path]) => isWanted(path)))
}

function tooManyFiles(): ClsroomError {
  return new ClsroomError('input', 'This folder holds more than a model', {
    found: `more than ${MAX_ENTRIES} files`,
    expected: 'the folder of one model',
    advice: 'Drop the folder that config.json lies in',
  })
}
