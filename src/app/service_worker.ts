/**
 * The page without a network. What is listed by scripts/offline.mjs is kept when the page is first opened: the app, the models of the first two labs,
 * the samples. Models of other labs are kept when they are opened. A new version waits until the reader asks for it.
 */

import { NetworkFirst, type PrecacheEntry, Serwist } from 'serwist'
import { KEPT_MODELS, KEPT_MODELS_CHANNEL } from './kept_models.ts'

/** Where the build writes the list. */
declare const self: { __SW_MANIFEST: PrecacheEntry[] }

const channel = new BroadcastChannel(KEPT_MODELS_CHANNEL)

new Serwist({
  precacheEntries: self.__SW_MANIFEST,
  // `?backend=wasm` is the same page.
  precacheOptions: { cleanupOutdatedCaches: true, ignoreURLParametersMatching: [/^/] },
  skipWaiting: false,
  clientsClaim: true,
  runtimeCaching: [
    {
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.includes('/models/'),
      // The file of today where there is a network; the kept one where there is none.
      handler: new NetworkFirst({
        cacheName: KEPT_MODELS,
        // A file is kept a moment after the page has it: who lists what is kept looks again.
        plugins: [{ cacheDidUpdate: async () => channel.postMessage(null) }],
      }),
    },
  ],
}).addEventListeners()
