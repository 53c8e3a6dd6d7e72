import { useMemo, useState } from 'react'
import { encode } from 'uqr'
import { CopyButton } from '../../views/primitives/CopyButton.tsx'
import { Dialog } from '../../views/primitives/Dialog.tsx'
import type { Pages } from '../pages.ts'
import { currentRoute } from '../router.ts'
import { longestPart, MOST_IN_QR, USUAL } from './link_length.ts'
import { t } from './words/words.ts'

/** The link of what is on screen, to be read by the phones in the room. */
export default function Share({ pages, onClose }: { pages: Pages; onClose: () => void }) {
  // Of the moment in which it was opened: a code that changes cannot be read.
  const [{ address, part }] = useState(() => ({ address: addressOf(pages), part: longestPart(pages.state()) }))
  const isLong = address.length > USUAL
  return (
    <Dialog title={t('title')} onClose={onClose} testId="share">
      {address.length > MOST_IN_QR ? (
        <p role="status" data-testid="share-too-long">
          {t('no.code', { length: address.length, most: MOST_IN_QR })}
        </p>
      ) : (
        <Code text={address} />
      )}
      <p>{t('length', { length: address.length })}</p>
      {isLong && part && (
        <p data-testid="share-long">
          {t('long', { usual: USUAL, part: part.name, share: Math.round(100 * part.share) })}
        </p>
      )}
      <p className="share-address mono">
        <a href={address}>{address}</a>
      </p>
      <CopyButton label={t('copy')} text={() => address} testId="share-copy" />
    </Dialog>
  )
}

/** Who reads it from the wall opens an ordinary page; a prepared slide is in the address of the lecture itself. */
function addressOf(pages: Pages): string {
  return pages.address(currentRoute().present ? { present: false, hidden: undefined } : {})
}

/** Dark on light in every theme: some readers know no other. Four modules of margin are part of the code. */
function Code({ text }: { text: string }) {
  const { size, data } = useMemo(() => encode(text, { ecc: 'L', border: 4 }), [text])
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      className="share-code"
      data-testid="share-code"
      role="img"
      aria-label={t('code')}
      viewBox={`0 0 ${size} ${size}`}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
