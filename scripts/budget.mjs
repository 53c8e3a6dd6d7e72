/**
 * The first load of `#/text`, all threads together, has a budget: what a person waits for on a slow line before the first map.
 * Builds the page aside, follows the static imports of what is loaded without being asked for, and adds up gzipped JavaScript.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const BUDGET_KB = 300
/** Loaded without being asked for: the page, and the lab that it opens on. */
const FIRST = ['index.html', 'src/labs/text/parts.ts', 'src/labs/text/TextLab.tsx']
/** Both threads beside the page start at once; the engine asks for the model that the lab opens on. */
const WORKER = /\.worker-[\w-]+\.js$/
const MODEL = /import\(\s*["'`]\.\/(bert-[\w-]+\.js)/

const folder = mkdtempSync(join(tmpdir(), 'clsroom-budget-'))
try {
  await build({ logLevel: 'error', build: { outDir: folder, manifest: true } })
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
  const page = sum(closure(manifest, FIRST))
  const workers = readdirSync(join(folder, 'assets'))
    .filter((file) => WORKER.test(file))
    .map((file) => ({ file, bytes: sum(threadFiles(file)) }))
  const total = page + workers.reduce((all, { bytes }) => all + bytes, 0)
  const parts = [`page ${kb(page)}`, ...workers.map(({ file, bytes }) => `${file.split('.')[0]} ${kb(bytes)}`)]
  console.log(`First load of #/text: ${kb(total)} of ${BUDGET_KB} KB gzipped (${parts.join(', ')})`)
  if (total > BUDGET_KB * 1000) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}

/** The files of some modules and of everything they import statically. */
function closure(manifest, names) {
  const files = new Set()
  const visit = (name) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the build has no ${name}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const name of names) visit(name)
  return files
}

/** A thread's file, the first model where it is the thread that runs it, and everything that these import statically. */
function threadFiles(worker) {
  const files = new Set()
  const visit = (file) => {
    if (files.has(file)) return
    files.add(file)
    const code = readFileSync(join(folder, 'assets', file), 'utf8')
    for (const [, imported] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) visit(imported)
    const model = file === worker && MODEL.exec(code)
    if (model) visit(model[1])
  }
  visit(worker)
  return Array.from(files, (file) => join('assets', file))
}

function sum(files) {
  return Array.from(files, size).reduce((all, bytes) => all + bytes, 0)
}

function size(file) {
  return gzipSync(readFileSync(join(folder, file))).length
}

function kb(bytes) {
  return (bytes / 1000).toFixed(0)
}
