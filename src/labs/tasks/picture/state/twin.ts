/** The other of two models that saw the same pictures: one with a class token for each task, one with a single one for all. */

import type { Engine } from '../../../../state/engine.ts'
import { OPEN } from './reads.ts'
import { type PictureRun, runPicture, unedited } from './run.ts'

const TWINS: Readonly<Record<string, string>> = {
  'clsroom-vit-tasks': 'clsroom-vit-tasks-single',
  'clsroom-vit-tasks-single': 'clsroom-vit-tasks',
}

export function twinOf(model: string): string | null {
  return TWINS[model] ?? null
}

/** The twin on the same picture, turned and painted alike, its tokens as trained. @throws ClsroomError when it cannot be loaded */
export async function runTwin(
  engine: Pick<Engine, 'forward' | 'load'>,
  run: PictureRun,
  id: string,
): Promise<PictureRun> {
  const model = await engine.load(id)
  const base = unedited(model)
  const doc = { ...run.doc, model: model.id, sequence: base, base, reads: OPEN, ablated: [] }
  return runPicture(engine, { model, doc, photo: run.photo, layer: run.model.info.layers - 1 })
}
