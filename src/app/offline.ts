/** The page without a network: its service worker, a new version that waits, and what is kept on this machine. */

import models from 'virtual:model-files'
import { Serwist } from '@serwist/window'
import { createStore } from 'zustand/vanilla'
import { ClsroomError, type ErrorReport, reportOf } from '../core/errors.ts'
import { KEPT_MODELS } from './kept_models.ts'

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
  kept: boolean
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
        files
          .filter(({ runs }) => runs)
          .map(({ file }) => caches.match(addressOf(baseUrl, id, file), { ignoreSearch: true })),
      )
      return {
        id,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        kept: found.every((one) => one !== undefined),
      }
    }),
  )
}

/** Keeps every model that is not kept yet. @param onModel told after each @throws ClsroomError `fetch` where one cannot be had */
export async function keepModels(baseUrl: string, onModel: (done: number) => void, signal: AbortSignal): Promise<void> {
  const cache = await caches.open(KEPT_MODELS)
  const missing = (await keptModels(baseUrl)).filter(({ kept }) => !kept)
  for (const [done, { id }] of missing.entries()) {
    signal.throwIfAborted()
    const files = models.find((model) => model.id === id)?.files ?? []
    try {
      await cache.addAll(files.map(({ file }) => addressOf(baseUrl, id, file)))
    } catch (cause) {
      throw new ClsroomError('fetch', 'A model could not be kept', {
        found: id,
        expected: 'a network, and room on this machine',
        advice: 'Try again when you are online, or free some room',
        cause,
      })
    }
    onModel(done + 1)
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

function addressOf(baseUrl: string, id: string, file: string): string {
  return new URL(`models/${id}/${file}`, baseUrl).href
}
