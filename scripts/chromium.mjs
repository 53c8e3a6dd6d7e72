/**
 * Finds a Chromium for the tests: the one in CHROMIUM_PATH, an installed one, Debian's by apt when root, else
 * Playwright's own; and the one without windows. Also tells where its software Vulkan driver lies, which Dawn in Node runs on.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
/** Debian starts Chromium through a script in /usr/bin; its libraries lie here. */
const LIBRARY_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']

/** @returns {string} the path of a Chromium; ends the process with a clear sentence when there is none */
export function findChromium() {
  const found = installed() ?? byApt('chromium') ?? byPlaywright()
  if (found) return found
  console.error(
    'No Chromium found, so the GPU and browser tests cannot run. Install one (Debian: apt-get install chromium; ' +
      'elsewhere: npx playwright install chromium) or set CHROMIUM_PATH to its executable.',
  )
  process.exit(1)
}

/**
 * Chromium without windows, in which a page costs half as much time: an installed one, else Debian's by apt when root.
 * @param {string} chromium the one that is taken where there is none without windows, and where CHROMIUM_PATH names it
 * @returns {string} its path
 */
export function findHeadlessShell(chromium) {
  if (process.env.CHROMIUM_PATH) return chromium
  return which('chromium-headless-shell') ?? byApt('chromium-headless-shell') ?? chromium
}

/** The environment in which Dawn finds SwiftShader: the driver and the Vulkan loader that come with Chromium. */
export function softwareVulkan(chromium) {
  const folders = [dirname(realpathSync(chromium)), ...LIBRARY_FOLDERS]
  const folder = folders.find((candidate) => existsSync(join(candidate, 'vk_swiftshader_icd.json')))
  if (!folder) return {}
  const libraries = [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: libraries }
}

function installed() {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : undefined
  return NAMES.map(which).find(Boolean) ?? playwrightPath()
}

function which(name) {
  const { stdout, status } = spawnSync('which', [name], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function byApt(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log(`Installing Debian’s ${name} …`)
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  spawnSync('apt-get', ['install', '-y', '-qq', name], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return which(name)
}

function byPlaywright() {
  console.log('Installing Playwright’s chromium …')
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' })
  return playwrightPath()
}

function playwrightPath() {
  const script = "import('@playwright/test').then(({ chromium }) => console.log(chromium.executablePath()))"
  const path = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }).trim()
  return existsSync(path) ? path : undefined
}
