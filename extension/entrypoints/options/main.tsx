import { mount } from '../../mount.tsx'
import { Options } from '../../views/options.tsx'

void mount(Options)
