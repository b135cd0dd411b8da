import { mount } from '../../mount.tsx'
import { Panel } from '../../views/panel.tsx'

void mount(Panel)
