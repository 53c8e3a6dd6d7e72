import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { about } from './scripts/about.mjs'
import { assemblyscript } from './scripts/assemblyscript.mjs'
import { firstLoad } from './scripts/first_load.mjs'
import { modelFiles, serviceWorker } from './scripts/offline.mjs'

/**
 * What a built page may do: run its own scripts and WASM, show its own pictures, and read models from its own origin or, when a
 * person asks for one, from the Hugging Face hub, an address they typed or a server on their own machine.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'", // React Aria positions its popovers with style elements
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' blob: https: http://localhost:* http://127.0.0.1:*",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Only in the built page: the development server injects inline scripts for hot reload. */
const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
}

/**
 * The preview server would compress every answer anew, weights too, which takes longer than all that a test then does with them; and what is
 * compressed on the way has no length, by which a download tells how far it is.
 */
const previewAsItIs: Plugin = {
  name: 'preview-as-it-is',
  configurePreviewServer({ middlewares }) {
    middlewares.use(({ headers }, _, next) => {
      delete headers['accept-encoding']
      next()
    })
  },
}

/** A shader's comments are for who reads it: they are left out of the page, and the lines keep their numbers for errors. */
const shadersWithoutComments: Plugin = {
  name: 'shaders-without-comments',
  apply: 'build',
  enforce: 'pre',
  load: (id) =>
    id.endsWith('.wgsl?raw')
      ? `export default ${JSON.stringify(readFileSync(id.replace('?raw', ''), 'utf8').replace(/ *\/\/.*/g, ''))}`
      : null,
}

/** zod can write its schemas as JSON Schema, which nothing here asks for: a tenth of what every thread would load. */
const withoutJsonSchema: Plugin = {
  name: 'zod-without-json-schema',
  apply: 'build',
  enforce: 'pre',
  load(id) {
    if (!/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/.test(id)) return null
    const names = readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm)
    return Array.from(names, ([, name]) => `export const ${name} = () => undefined`).join('\n')
  },
}

export default defineConfig({
  // Relative, so that a build can be served from any folder.
  base: './',
  // @huggingface/transformers asks for the WebGPU build, whose WASM is twice as large; a second opinion needs no GPU.
  resolve: { alias: { 'onnxruntime-web/webgpu': 'onnxruntime-web/wasm' } },
  plugins: [
    react(),
    contentSecurityPolicy,
    withoutJsonSchema,
    assemblyscript(),
    modelFiles(),
    about(),
    firstLoad(),
    serviceWorker(),
    previewAsItIs,
  ],
  worker: { format: 'es', plugins: () => [assemblyscript(), shadersWithoutComments, withoutJsonSchema] },
  build: { target: 'es2024', chunkSizeWarningLimit: 900 },
  server: { port: 5173 },
  preview: { port: 4173 },
})
