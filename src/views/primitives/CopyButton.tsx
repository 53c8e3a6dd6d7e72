import { useEffect, useState } from 'react'
import { reportOf } from '../../core/errors.ts'
import { saidInFull } from '../../words/errors.ts'
import { t } from '../words/words.ts'
import { Button, type ButtonProps } from './Button.tsx'

export interface CopyButtonProps extends Pick<ButtonProps, 'small' | 'look'> {
  label: string
  /** Asked for when it is copied; what makes it may be fetched then. */
  text: () => string | Promise<string>
  /** What must be known of the text, said when it is copied. */
  remark?: () => string | null
  testId?: string
}

const SAID_MS = 2500
/** Long enough to read a sentence. */
const REMARK_SAID_MS = 10_000

/** Copies a text and says so, or why it cannot be had; where the browser refuses, the text is shown to be copied by hand. */
export function CopyButton({ label, text, remark, testId, ...button }: CopyButtonProps) {
  const [copied, setCopied] = useState(0)
  const [remarked, setRemarked] = useState<string | null>(null)
  useEffect(() => {
    if (remarked === null) return
    const timer = setTimeout(() => setRemarked(null), REMARK_SAID_MS)
    return () => clearTimeout(timer)
  }, [remarked])
  const [refused, setRefused] = useState<string | null>(null)
  useEffect(() => {
    if (copied === 0) return
    const timer = setTimeout(() => setCopied(0), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    setRefused(null)
    let wanted: string
    try {
      wanted = await text()
    } catch (thrown) {
      setRemarked(saidInFull(reportOf(thrown)))
      return
    }
    setRemarked(remark?.() ?? null)
    try {
      await navigator.clipboard.writeText(wanted)
      setCopied((times) => times + 1)
    } catch {
      setRefused(wanted)
    }
  }
  return (
    <span className="copy">
      <Button {...button} data-testid={testId} onClick={copy}>
        {copied > 0 ? t('copy.done') : label}
      </Button>
      <output className="sr-only">{copied > 0 ? t('copy.said', { label }) : ''}</output>
      {remarked !== null && (
        <span role="status" className="hint" data-testid="copy-remark">
          {remarked}
        </span>
      )}
      {refused !== null && (
        <label className="copy-refused">
          <span className="hint">{t('copy.refused')}</span>
          <textarea readOnly rows={3} value={refused} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </span>
  )
}
