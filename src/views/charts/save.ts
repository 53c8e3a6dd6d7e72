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

/** An SVG element as a document of its own: the stylesheet's colours and fonts are written into it, on the page's colour. */
export function standaloneSvg(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  originals.forEach((original, i) => {
    const style = getComputedStyle(original)
    for (const name of INLINED) copies[i]?.setAttribute(name, style.getPropertyValue(name))
    copies[i]?.removeAttribute('class')
  })
  const { width, height } = svg.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`)
  const page = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  page.setAttribute('width', '100%')
  page.setAttribute('height', '100%')
  page.setAttribute('fill', backgroundOf(svg))
  copy.prepend(page)
  return new XMLSerializer().serializeToString(copy)
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
