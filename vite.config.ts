import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  // Relative, so that a build can be served from any folder.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2024', chunkSizeWarningLimit: 900 },
  server: { port: 5173 },
  preview: { port: 4173 },
})
