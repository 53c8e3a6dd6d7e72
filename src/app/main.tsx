import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type Clsroom, createAutomation } from '../state/automation.ts'
import { App } from './App.tsx'
import { seen } from './embed/start.ts'
import { createPages } from './pages.ts'
import { currentRoute } from './router.ts'
import './styles/index.css'
import { applyMap, applyTheme, savedMap, savedTheme } from './theme.ts'
import { chosenLanguage, speakAll } from './useLanguage.ts'

declare global {
  interface Window {
    clsroom: Clsroom
  }
}

applyTheme(savedTheme())
applyMap(savedMap())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const opened = currentRoute()
// Words that cannot be had are told by the page itself, in English.
const speakFirst = () => speakAll(chosenLanguage(opened.language)).catch(() => {})
if (opened.embed) {
  await speakFirst()
  await seen(root)
}

const baseUrl = new URL('.', location.href.split(/[?#]/)[0]).href
// `?backend=wasm` and `?backend=cpu` (the f64 twins) do without the GPU: for comparison, and where a driver misbehaves.
const asked = new URLSearchParams(location.search).get('backend')
const pages = createPages(baseUrl, asked === 'wasm' || asked === 'cpu' ? asked : 'auto')
window.clsroom = createAutomation(pages.engine, pages)

await speakFirst()
createRoot(root).render(
  <StrictMode>
    <App pages={pages} />
  </StrictMode>,
)
