/** What the page says of itself, read when it is built: its version, the models and libraries in it, and their terms. */

import { execFileSync } from 'node:child_process'
import { existsSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const ABOUT = 'virtual:about'
const LICENCES = 'virtual:licences'

/** Of the tools, these leave code of theirs in the page: the service worker and what talks to it, and the runtime of the WASM. */
const LEFT_IN_THE_PAGE = ['serwist', '@serwist/window', 'assemblyscript']

/** `virtual:about` and `virtual:licences`, each fetched when it is read. */
export function about() {
  return {
    name: 'about',
    resolveId: (id) => ([ABOUT, LICENCES].includes(id) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${LICENCES}`) return `export default ${JSON.stringify(licenceTexts(libraries()))}`
      if (id !== `\0${ABOUT}`) return null
      const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
      const listed = libraries().map(({ folder: _, ...library }) => library)
      return `export default ${JSON.stringify({ version, commit: commit(), models: models(), libraries: listed })}`
    },
  }
}

/** null where the page is built from no checkout. */
function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim()
  } catch {
    return null
  }
}

/** Of each model that comes with the page: its architecture and numbers by its own files, data and terms by its card. */
function models() {
  return readdirSync('public/models').map((id) => {
    const folder = join('public/models', id)
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))
    const { en, ru } = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8'))
    const weights = join(folder, 'model.safetensors')
    return {
      id,
      architecture: config.architectures?.[0] ?? config.model_type,
      parameters: parametersIn(weights),
      bytes: statSync(weights).size,
      card: { en: { data: en.data, terms: en.terms }, ru: { data: ru.data, terms: ru.terms } },
    }
  })
}

/** By the header of a safetensors file. */
function parametersIn(file) {
  const handle = openSync(file)
  const length = Buffer.alloc(8)
  readSync(handle, length, 0, 8, 0)
  const header = Buffer.alloc(Number(length.readBigUInt64LE()))
  readSync(handle, header, 0, header.length, 8)
  const { __metadata__: _, ...tensors } = JSON.parse(header.toString('utf8'))
  return Object.values(tensors).reduce((sum, { shape }) => sum + shape.reduce((size, n) => size * n, 1), 0)
}

/** Every package that the page is made of, with what it brings, by name. */
function libraries() {
  const own = JSON.parse(readFileSync('package.json', 'utf8'))
  const found = new Map()
  const add = (name, from, deep) => {
    const folder = folderOf(name, from)
    if (!folder || found.has(folder)) return
    const { version, license, homepage, repository, dependencies = {}, private: isPrivate } = packageIn(folder)
    if (isPrivate || name.startsWith('@types/')) return // no code of theirs is in the page (scripts/no_native, types)
    const home = homepage ?? (typeof repository === 'string' ? repository : repository?.url)
    found.set(folder, { name, version, licence: license, home: addressOf(home), folder })
    if (deep) for (const next of Object.keys(dependencies)) add(next, folder, true)
  }
  for (const name of Object.keys(own.dependencies)) add(name, '.', true)
  for (const name of LEFT_IN_THE_PAGE) add(name, '.', false)
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/** Where a package finds another, as Node does. */
function folderOf(name, from) {
  for (let at = realpathSync(from); ; at = dirname(at)) {
    const folder = join(at, 'node_modules', name)
    if (existsSync(join(folder, 'package.json'))) return folder
    if (at === dirname(at)) return null
  }
}

function packageIn(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** Of `git+https://…git` and `github:owner/name`, what a browser opens; undefined where there is no address. */
function addressOf(home) {
  if (!home) return undefined
  if (/^[\w-]+\/[\w.-]+$/.test(home)) return `https://github.com/${home}`
  return home
    .replace(/^git\+/, '')
    .replace(/^(git|ssh):\/\/(git@)?/, 'https://')
    .replace(/\.git$/, '')
}

/** The texts of the licences, each once, under the names of those that it belongs to. */
function licenceTexts(all) {
  const named = new Map()
  for (const { name, version, licence, folder } of all) {
    const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one))
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : (licence ?? '')
    named.set(text, [...(named.get(text) ?? []), `${name} ${version}`])
  }
  return [...named].map(([text, names]) => `${names.join(', ')}\n\n${text}`).join(`\n\n${'-'.repeat(72)}\n\n`)
}
