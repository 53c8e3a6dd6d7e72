/** Checkpoints as others bring them: folders made of an embedded model, with other weights, settings and files. */

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'
import { decodeF16 } from '../src/core/dtypes.ts'

const MODELS = 'public/models'

export interface Tensor {
  shape: number[]
  data: Float32Array
}
export type Tensors = Map<string, Tensor>
type Config = Record<string, unknown>

export interface Change {
  weights?: (weights: Tensors) => Tensors
  config?: (config: Config) => Config
  /** Other files by name: their content, or null for a file that is left out. */
  files?: Record<string, string | null>
}

/** Writes the folder of an embedded model, changed. @returns its path */
export function checkpoint(folder: string, model: string, { weights, config, files = {} }: Change): string {
  const source = `${MODELS}/${model}`
  mkdirSync(folder, { recursive: true })
  const read = JSON.parse(readFileSync(`${source}/config.json`, 'utf8')) as Config
  writeFileSync(`${folder}/config.json`, JSON.stringify(config ? config(read) : read))
  for (const name of ['tokenizer.json', 'tokenizer_config.json', 'preprocessor_config.json']) {
    if (files[name] === undefined && existsSync(`${source}/${name}`))
      copyFileSync(`${source}/${name}`, `${folder}/${name}`)
  }
  for (const [name, content] of Object.entries(files)) {
    if (content !== null) writeFileSync(`${folder}/${name}`, content)
  }
  if (files['model.safetensors'] === undefined) {
    if (weights) writeFileSync(`${folder}/model.safetensors`, fileOf(weights(tensorsOf(source))))
    else copyFileSync(`${source}/model.safetensors`, `${folder}/model.safetensors`)
  }
  return folder
}

/** BERT with a head in the place of its own: each row a mix of the sentiment head's two, negative and positive. */
export function withHead(name: string, rows: [negative: number, positive: number][], config: Config = {}): Change {
  return {
    config: ({ clsroom: _, ...read }) => ({ ...read, ...config }),
    weights(all) {
      const kept = [...all].filter(([key]) => key.startsWith('bert.'))
      const mixed = ['weight', 'bias'].map((part): [string, Tensor] => {
        const { data } = all.get(`heads.sentiment.${part}`) as Tensor
        const width = data.length / 2
        const mix = rows.flatMap(([negative, positive]) =>
          Array.from(
            { length: width },
            (_, i) => negative * (data[i] as number) + positive * (data[width + i] as number),
          ),
        )
        return [
          `${name}.${part}`,
          { shape: part === 'bias' ? [rows.length] : [rows.length, width], data: Float32Array.from(mix) },
        ]
      })
      return new Map([...kept, ...mixed])
    },
  }
}

/** Chooses a folder in "Your own model…", by default until its model is shown. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  await page.getByTestId('own-model').click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('load-model').getByRole('button', { name: 'Choose a folder' }).click()
  await (await chooser).setFiles(folder)
}

export async function chooseModel(page: Page, folder: string): Promise<void> {
  const shown = () => page.evaluate(() => (window.clsroom.state() as { model?: string }).model)
  const before = await shown()
  await chooseFolder(page, folder)
  await expect(page.getByTestId('load-model')).toBeHidden({ timeout: 60_000 })
  await expect.poll(shown).not.toBe(before) // the sheet closes first
}

function tensorsOf(folder: string): Tensors {
  const bytes = readFileSync(`${folder}/model.safetensors`)
  const start = 8 + Number(bytes.readBigUInt64LE())
  const header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> = JSON.parse(
    bytes.subarray(8, start).toString(),
  )
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          const own = Uint8Array.from(bytes.subarray(start + from, start + to)).buffer
          return [name, { shape, data: dtype === 'F16' ? decodeF16(new Uint16Array(own)) : new Float32Array(own) }]
        },
      ),
  )
}

function fileOf(tensors: Tensors): Buffer {
  let end = 0
  const header = Object.fromEntries(
    [...tensors].map(([name, { shape, data }]) => {
      end += data.byteLength
      return [name, { dtype: 'F32', shape, data_offsets: [end - data.byteLength, end] }]
    }),
  )
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const parts = [...tensors.values()].map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength))
  return Buffer.concat([length, json, ...parts])
}
