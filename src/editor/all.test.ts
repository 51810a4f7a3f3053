// Everything that is tested without a browser.

import './saving.test';
import './facts.test';
import './replacing.test';
