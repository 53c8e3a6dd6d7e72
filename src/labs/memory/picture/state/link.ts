/** How the memory lab's picture half writes its links. */

import type { ModelInfo } from '../../../../engine/protocol.ts'
import { type PictureDoc, tasksOf, trainedDoc } from './doc.ts'
import type { PictureLink } from './link_schema.ts'
import type { PictureLook } from './look.ts'
import type { Photo } from './run.ts'

export type { PictureLink }

export function encodePicture(
  { model, tasks, oldReadsNew, tasksReadAll, rows, starts, masked }: PictureDoc,
  info: ModelInfo,
  photo: Pick<Photo, 'name' | 'source' | 'copy'> | null,
  look: PictureLook,
): PictureLink {
  const started = Object.fromEntries(
    Object.entries(starts).flatMap(([task, start]) => (start && start !== 'trained' ? [[task, start]] : [])),
  )
  return {
    lab: 'memory',
    shows: 'picture',
    model,
    ...(photo?.source === 'sample' && { sample: photo.name }),
    ...(photo?.source === 'own' && { own: true as const, ...(photo.copy && { photo: photo.copy }) }),
    ...(tasks.length < tasksOf(info).length && { tasks: [...tasks] }),
    ...(oldReadsNew && { oldReadsNew }),
    ...(tasksReadAll && { tasksReadAll }),
    ...(rows !== null && { rows }),
    ...(Object.keys(started).length > 0 && { starts: started }),
    ...(masked.length > 0 && { masked: [...masked] }),
    look,
  }
}

/** The document that a link holds, on this model: tasks and rows that it lacks are left out. */
export function documentIn(link: PictureLink, model: string, info: ModelInfo): PictureDoc {
  const all = tasksOf(info)
  const whole = trainedDoc(model, info)
  const isThere = (task: string) => all.some(({ name }) => name === task)
  return {
    ...whole,
    tasks: link.tasks ? whole.tasks.filter((task) => link.tasks?.includes(task)) : whole.tasks,
    oldReadsNew: link.oldReadsNew ?? false,
    tasksReadAll: link.tasksReadAll ?? false,
    rows: link.rows ?? null,
    starts: Object.fromEntries(Object.entries(link.starts ?? {}).filter(([task]) => isThere(task))),
    masked: (link.masked ?? []).filter(({ task, row }) => row < (all.find(({ name }) => name === task)?.rows ?? 0)),
  }
}

/** A picture of one's own that is not in the link. */
export function isPhotoAbsent({ own, sample, photo }: PictureLink): boolean {
  return !!own && sample === undefined && photo === undefined
}
