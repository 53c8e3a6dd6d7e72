/** The small random model of the golden vectors as an engine, and pictures for it. */

import { readFile } from 'node:fs/promises'
import { uniform } from '../../../../../core/random.ts'
import { runForward } from '../../../../../engine/forward.ts'
import type { ForwardRequest, LoadedModel } from '../../../../../engine/protocol.ts'
import type { Picture } from '../../../../../loaders/image_resize.ts'
import { parsePreprocessorConfig } from '../../../../../loaders/preprocessor.ts'
import { createModel } from '../../../../../models/testing/create_model.ts'
import { loadFiles } from '../../../../../models/testing/golden.ts'
import { createCpuBackend } from '../../../../../reference/backend.ts'
import { OPEN } from '../reads.ts'
import { type Photo, type PictureDoc, unedited } from '../run.ts'

/** @param name of a folder of golden vectors, or of a model of the page */
export async function tasksEngine(name = 'vit-tasks') {
  const { config, weights } = await loadFiles(name)
  const backend = createCpuBackend()
  const network = await createModel(config, weights, backend)
  const session = backend.session()
  const [height, width] = network.info.image?.size ?? [1, 1]
  const preprocessor = name.startsWith('clsroom-')
    ? JSON.parse(await readFile(`public/models/${name}/preprocessor_config.json`, 'utf8'))
    : { size: { height, width } }
  const model: LoadedModel = {
    id: name,
    name,
    source: 'embedded',
    info: network.info,
    preprocessor: parsePreprocessorConfig(preprocessor),
  }
  const engine = {
    forward: (request: ForwardRequest) =>
      runForward(network, session, request, { kind: 'cpu', adapter: '', software: true }),
  }
  const base = unedited(model)
  const doc: PictureDoc = { model: name, sequence: base, base, quarters: 0, rim: null, reads: OPEN, ablated: [] }
  return { engine, model, doc }
}

/** A picture by lot. */
export function photoOf(seed: number, label: string | null, width = 20, height = 24): Photo {
  const next = uniform(seed)
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? 255 : 256 * next()))
  const picture: Picture = { width, height, data }
  return { name: `${seed}`, source: 'sample', picture, label }
}
