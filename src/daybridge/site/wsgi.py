"""The web application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.site.settings")
application = get_wsgi_application()
# what is loaded now stays: the collector need not look at it again with every request
gc.collect()
gc.freeze()
