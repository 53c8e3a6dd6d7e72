/**
 * Runs of the embedded vision models with the snippets that "copy as Python" gives for them, for the test of the snippets
 * (training/golden/test_snippets.py). Node only: scripts/snippet_cases.mjs calls it.
 */

import { readFile } from 'node:fs/promises'
import { softmax } from '../../../../core/logits.ts'
import { uniform } from '../../../../core/random.ts'
import type { NDArray } from '../../../../core/shapes.ts'
import { runForward } from '../../../../engine/forward.ts'
import type { LoadedModel } from '../../../../engine/protocol.ts'
import { CENTRE } from '../../../../loaders/image_crop.ts'
import { parsePreprocessorConfig } from '../../../../loaders/preprocessor.ts'
import { parseSafetensors } from '../../../../loaders/safetensors.ts'
import { createModel } from '../../../../models/testing/create_model.ts'
import { createCpuBackend } from '../../../../reference/backend.ts'
import * as edit from '../../../../sequence/edit.ts'
import { DEFAULT_MASK } from '../../../../sequence/mask.ts'
import { silencePatches } from '../../../../sequence/patch_masking.ts'
import { addRegisters } from '../../../../sequence/patches.ts'
import { visionSnippet } from '../python.ts'
import { maeSnippet } from '../python_mae.ts'
import { type Photo, runVision, sightOf, unedited, type VisionDoc } from '../run.ts'
import { toSide } from '../side.ts'

const CPU = { kind: 'cpu', adapter: 'CPU reference kernels', software: true } as const
const CHOICE = { layer: 3, head: 1 }

/** What a snippet has to find. */
export interface VisionSnippetCase {
  name: string
  code: string
  /** [T][T] of the chosen head. */
  attention: number[][]
  /** The probability of each class, by head. */
  classes: Record<string, number[]>
  /** [N][P · P · C] of a masked autoencoder. */
  reconstruction?: number[][]
}

/** @param folder the model's files */
export async function visionSnippetCases(
  folder: string,
  id: string,
  source: LoadedModel['source'] = 'embedded',
): Promise<VisionSnippetCase[]> {
  const json = async (name: string) => JSON.parse(await readFile(`${folder}/${name}`, 'utf8'))
  const file = await readFile(`${folder}/model.safetensors`)
  const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer
  const backend = createCpuBackend()
  const network = await createModel(await json('config.json'), parseSafetensors(bytes), backend)
  const session = backend.session()
  const engine = {
    forward: (request: Parameters<typeof runForward>[2]) => runForward(network, session, request, CPU),
  }
  const preprocessor = parsePreprocessorConfig(await json('preprocessor_config.json'))
  const model: LoadedModel = { id, name: id, source, info: network.info, preprocessor }
  const base = unedited(model, null)
  const plain: VisionDoc = {
    model: id,
    sequence: base,
    base,
    mask: DEFAULT_MASK,
    ablated: [],
    positionTable: { type: 'trained', interpolation: 'bicubic' },
    side: null,
    crop: CENTRE,
    strokes: [],
  }

  const made: VisionSnippetCase[] = []
  const { reconstructs } = model.info
  const changed = reconstructs ? maskings(plain, model) : changes(plain, model)
  for (const [name, change] of Object.entries(changed)) {
    const doc = { ...plain, ...change }
    const sight = sightOf(PHOTO, PHOTO.picture, doc, model)
    const run = await runVision(engine, { model, doc, sight, layer: CHOICE.layer })
    const map = run.result.attentions[CHOICE.layer]
    const T = run.result.tokens
    const row = (query: number) =>
      Array.from({ length: T }, (_, key) => map?.data[(CHOICE.head * T + query) * T + key] ?? 0)
    made.push({
      name: `${id}: ${name}`,
      code: reconstructs ? maeSnippet(run, CHOICE) : visionSnippet(run, CHOICE),
      attention: Array.from({ length: T }, (_, query) => row(query)),
      classes: Object.fromEntries(
        Object.keys(model.info.labels).flatMap((head) => {
          const logits = run.result.logits[head]
          return logits ? [[head, Array.from(softmax(logits.data))]] : []
        }),
      ),
      ...(reconstructs && { reconstruction: rowsOf(run.result.logits.reconstruction) }),
    })
  }
  return made
}

/** Coloured noise over a slope, from nobody's file. */
const PHOTO: Photo = { name: 'noise', source: 'own', picture: noise(70, 50) }

function noise(width: number, height: number): Photo['picture'] {
  const next = uniform(4)
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (100 * i) / (width * height * 4) + 155 * next(),
  )
  return { width, height, data }
}

function rowsOf(array: NDArray | undefined): number[][] {
  const [rows = 0, width = 0] = array?.dims ?? []
  return Array.from({ length: rows }, (_, row) =>
    Array.from(array?.data.subarray(row * width, (row + 1) * width) ?? []),
  )
}

/** What a masked autoencoder's document changes: which patches are read, and what stands for the others. */
function maskings(plain: VisionDoc, model: LoadedModel): Record<string, Partial<VisionDoc>> {
  const shown = [3, 17, 20, 21, 40, 55]
  const hidden = Array.from({ length: 64 }, (_, patch) => patch).filter((patch) => !shown.includes(patch))
  const sequence = silencePatches(plain.sequence, hidden, 'removed')
  const { problem: _, ...moved } = toSide(plain, model, 48)
  return {
    'nothing edited': {},
    'six patches': { sequence },
    'patches unreadable, heads off': { sequence: silencePatches(sequence, [17, 20], 'masked'), ablated: [[1, 0]] },
    'zeros for hidden ones': { sequence, maskToken: { type: 'zeros' } },
    'the negative': { sequence, maskToken: { type: 'negated' } },
    noise: { sequence, maskToken: { type: 'noise', seed: 5 } },
    'the mean': { sequence, maskToken: { type: 'mean' } },
    '48 pixels': moved,
  }
}

/** Everything that a document can change. */
function changes(plain: VisionDoc, model: LoadedModel): Record<string, Partial<VisionDoc>> {
  const { sequence } = plain
  const shorter = silencePatches(sequence, [0, 1, 9, 30, 63], 'removed')
  const grown = addRegisters(shorter, [
    { type: 'zeros' },
    { type: 'normal', seed: 7, std: 0.02 },
    { type: 'copy', of: 0, scale: 2 },
    { type: 'mean' },
  ])
  const sized = (side: number) => {
    const { problem: _, ...moved } = toSide(plain, model, side)
    return moved
  }
  return {
    'nothing edited': {},
    'patches removed, registers added': { sequence: grown },
    '[CLS] at the end': { sequence: edit.move(sequence, [0], sequence.tokens.length) },
    'patches unreadable, heads off': {
      sequence: silencePatches(sequence, [5, 6, 7, 40], 'masked'),
      ablated: [
        [1, 0],
        [2, 2],
      ],
    },
    '48 pixels, bicubic': sized(48),
    '24 pixels, nearest': { ...sized(24), positionTable: { type: 'trained', interpolation: 'nearest' } },
    'shuffled positions': { positionTable: { type: 'shuffled', seed: 5 } },
    'sine positions at 48 pixels': { ...sized(48), positionTable: { type: 'sine' } },
    'no positions': { positionTable: { type: 'off' } },
  }
}
