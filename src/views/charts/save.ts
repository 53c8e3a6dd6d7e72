/** From what is on screen to files: standalone SVG, PNG. Nothing is fetched, nothing leaves the page. */

const INLINED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
]

/** Room above a chart for its title. */
const HEAD = 36

/**
 * An SVG element as a document of its own: the stylesheet's colours and fonts are written into it, on the page's colour,
 * under its title.
 */
export function standaloneSvg(svg: SVGSVGElement, title: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  originals.forEach((original, i) => {
    const style = getComputedStyle(original)
    for (const name of INLINED) {
      const value = style.getPropertyValue(name)
      copies[i]?.setAttribute(name, name === 'fill' || name === 'stroke' ? plainColour(value) : value)
    }
    copies[i]?.removeAttribute('class')
  })
  const { width, height } = svg.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', `${width}`)
  copy.setAttribute('height', `${height + HEAD}`)
  copy.setAttribute('viewBox', `0 ${-HEAD} ${width} ${height + HEAD}`)
  const page = element('rect', { y: -HEAD, width, height: height + HEAD, fill: plainColour(backgroundOf(svg)) })
  const { color, fontFamily } = getComputedStyle(svg)
  const head = element('text', { x: 4, y: -14, 'font-size': 16, 'font-weight': 700, fill: plainColour(color) })
  head.setAttribute('font-family', fontFamily)
  head.textContent = title
  copy.prepend(page, head)
  return new XMLSerializer().serializeToString(copy)
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value))
  return made
}

/** A CSS colour as drawing programs know it: oklch() and light-dark() are the browser's own. */
function plainColour(colour: string): string {
  if (colour === 'none' || !CSS.supports('color', colour)) return colour
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context) return colour
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha = 255] = context.getImageData(0, 0, 1, 1).data
  return alpha === 255
    ? `rgb(${red}, ${green}, ${blue})`
    : `rgba(${red}, ${green}, ${blue}, ${(alpha / 255).toFixed(3)})`
}

/** Rasterises an SVG document at `scale` pixels a CSS pixel. */
export async function svgToPng(text: string, scale = 2): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.ceil(image.width * scale)
    canvas.height = Math.ceil(image.height * scale)
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not write a PNG'))),
        'image/png',
      )
    })
  } finally {
    URL.revokeObjectURL(address)
  }
}

/** Hands a file to the browser's own "save". */
export function saveFile(name: string, content: Blob | string, type = 'text/plain'): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 1000)
}

/** The first opaque background behind an element. */
function backgroundOf(element: Element | null): string {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor
    if (colour !== 'transparent' && colour !== 'rgba(0, 0, 0, 0)') return colour
  }
  return 'white'
}
