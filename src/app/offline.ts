/** The page without a network: its service worker, a new version that waits, and what is kept on this machine. */

import models from 'virtual:model-files'
import { Serwist } from '@serwist/window'
import { createStore } from 'zustand/vanilla'
import { ClsroomError, type ErrorReport, reportOf } from '../core/errors.ts'
import { KEPT_MODELS, KEPT_MODELS_CHANNEL } from './kept_models.ts'

export interface OfflineState {
  /** A newer version of the page waits until the reader wants it. */
  update: (() => void) | null
}

export const offline = createStore<OfflineState>(() => ({ update: null }))

/** Lets the page be opened without a network from its next visit on. Where the browser does not let it, the page is as it was. */
export function keepPage(baseUrl: string): void {
  if (!canKeep()) return
  const worker = new Serwist(new URL('sw.js', baseUrl).href)
  worker.addEventListener('waiting', () => {
    offline.setState({
      update() {
        worker.addEventListener('controlling', () => location.reload())
        worker.messageSkipWaiting()
      },
    })
  })
  // A browser may refuse (private windows, storage that is off): nothing is lost but the page without a network.
  worker.register().catch(() => {})
}

export interface KeptModel {
  id: string
  bytes: number
  /** It runs without a network. */
  kept: boolean
  /** What of it is still to be kept, with what only tells of it: its card, its expected numbers. */
  missing: { url: string; bytes: number }[]
}

/** Whether this browser keeps pages at all: not in some private windows, and not on an address without https. */
export function canKeep(): boolean {
  return 'serviceWorker' in navigator && 'caches' in globalThis
}

/** Every model of the page, with what it takes and whether it is kept. */
export async function keptModels(baseUrl: string): Promise<KeptModel[]> {
  return Promise.all(
    models.map(async ({ id, files }) => {
      const found = await Promise.all(
        files.map(async (file) => {
          const url = new URL(`models/${id}/${file.file}`, baseUrl).href
          return { ...file, url, kept: (await caches.match(url, { ignoreSearch: true })) !== undefined }
        }),
      )
      return {
        id,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        kept: found.every(({ runs, kept }) => kept || !runs),
        missing: found.filter(({ kept }) => !kept).map(({ url, bytes }) => ({ url, bytes })),
      }
    }),
  )
}

/** Tells when a file of a model has come to be kept. @returns a function that ends it */
export function onKept(listener: () => void): () => void {
  const channel = new BroadcastChannel(KEPT_MODELS_CHANNEL)
  channel.addEventListener('message', listener)
  return () => channel.close()
}

/** Keeps of every model what is not kept yet. @param onModel told after each @throws ClsroomError `fetch` where one cannot be had */
export async function keepModels(baseUrl: string, onModel: () => void, signal: AbortSignal): Promise<void> {
  const cache = await caches.open(KEPT_MODELS)
  for (const { id, missing } of await keptModels(baseUrl)) {
    signal.throwIfAborted()
    if (missing.length === 0) continue
    try {
      await cache.addAll(missing.map(({ url }) => url))
    } catch (cause) {
      throw new ClsroomError('fetch', 'A model could not be kept', {
        found: id,
        expected: 'a network, and room on this machine',
        advice: 'Try again when you are online, or free some room',
        cause,
      })
    }
    onModel()
  }
}

export interface Storage {
  /** Bytes that the page takes, and may take. */
  usage: number
  quota: number
  /** Whether the browser has promised not to clear it by itself. */
  persisted: boolean
}

/** null: this browser does not tell. */
export async function storageOf(): Promise<Storage | null> {
  const { storage } = navigator
  if (!storage?.estimate) return null
  const { usage = 0, quota = 0 } = await storage.estimate()
  return { usage, quota, persisted: (await storage.persisted?.()) ?? false }
}

/** Asks the browser to keep what is stored. @returns whether it will */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}

export function problemOf(thrown: unknown): ErrorReport | null {
  return thrown instanceof DOMException && thrown.name === 'AbortError' ? null : reportOf(thrown)
}
