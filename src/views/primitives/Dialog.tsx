import type { ReactNode } from 'react'
import { Heading, Modal, ModalOverlay, Dialog as RacDialog } from 'react-aria-components'
import { t } from '../words/words.ts'
import { Button } from './Button.tsx'
import { useEscapeFromOutside } from './escape.ts'

export interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
  testId?: string
}

/** A sheet over the page. React Aria keeps the focus inside, closes on Escape and a press outside, and gives the focus back. */
export function Dialog({ title, onClose, children, testId }: DialogProps) {
  useEscapeFromOutside(onClose)
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal">
        <RacDialog className="dialog" data-testid={testId}>
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <Button small look="quiet" onClick={onClose}>
              {t('close')}
            </Button>
          </header>
          {children}
        </RacDialog>
      </Modal>
    </ModalOverlay>
  )
}
