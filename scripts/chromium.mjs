/**
 * Finds a Chromium for the tests: the one in CHROMIUM_PATH, an installed one, Debian's by apt when root, else
 * Playwright's own. Also tells where its software Vulkan driver lies, which Dawn in Node runs on.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
/** Debian starts Chromium through a script in /usr/bin; its libraries lie here. */
const LIBRARY_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome']

/** @returns {string} the path of a Chromium; ends the process with a clear sentence when there is none */
export function findChromium() {
  const found = installed() ?? byApt() ?? byPlaywright()
  if (found) return found
  console.error(
    'No Chromium found, so the GPU and browser tests cannot run. Install one (Debian: apt-get install chromium; ' +
      'elsewhere: npx playwright install chromium) or set CHROMIUM_PATH to its executable.',
  )
  process.exit(1)
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
  for (const name of NAMES) {
    const { stdout, status } = spawnSync('which', [name], { encoding: 'utf8' })
    if (status === 0) return stdout.trim()
  }
  return playwrightPath()
}

function byApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing Debian’s chromium …')
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined
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
