import { mount } from '../../mount.tsx'
import { Popup } from '../../views/popup.tsx'

void mount(Popup)
