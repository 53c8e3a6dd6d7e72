/** The golden models and vectors (training/golden/export.py), for the built page. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Weights } from '../src/core/model.ts'
import { parseSafetensors } from '../src/loaders/safetensors.ts'

export const GOLDEN = 'src/models/golden'

/** The golden models that are no part of the page: all but the shipped ones, whose folders hold answers only. */
export function goldenNames(): string[] {
  return readdirSync(GOLDEN).filter((name) => existsSync(`${GOLDEN}/${name}/model.safetensors`))
}

export function goldenCases(name: string): { cases: Weights; names: string[] } {
  const cases = parseSafetensors(bytesOf(`${GOLDEN}/${name}/cases.safetensors`))
  return { cases, names: [...new Set([...cases.keys()].map((key) => key.split('.')[0] as string))] }
}

/** A file as text that a page can take. */
export function base64(path: string): string {
  return readFileSync(path).toString('base64')
}

function bytesOf(path: string): ArrayBuffer {
  const bytes = readFileSync(path)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}
