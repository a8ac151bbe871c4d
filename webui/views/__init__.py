"""The addresses of the site: a blueprint a concern, each view a few lines over its context."""

from webui.views.about import blueprint as about
from webui.views.amending import blueprint as amending
from webui.views.catalog import blueprint as catalog
from webui.views.contribute import blueprint as contribute
from webui.views.contribute_more import blueprint as contribute_more
from webui.views.correcting import blueprint as correcting
from webui.views.crawlers import blueprint as crawlers
from webui.views.data import blueprint as data
from webui.views.data import index
from webui.views.diagnose import blueprint as diagnose
from webui.views.evidence import blueprint as evidence
from webui.views.finding import blueprint as suggestions
from webui.views.finding import pages as search
from webui.views.following import blueprint as following
from webui.views.graph import blueprint as graph
from webui.views.handing import blueprint as handing
from webui.views.history import blueprint as history
from webui.views.importing import blueprint as importing
from webui.views.named_graphs import blueprint as named_graphs
from webui.views.news import blueprint as news
from webui.views.pack_upload import blueprint as pack_upload
from webui.views.packs import blueprint as packs
from webui.views.pages import blueprint as pages
from webui.views.paths import blueprint as paths
from webui.views.people import blueprint as account
from webui.views.reference import blueprint as reference
from webui.views.references import blueprint as references
from webui.views.review import blueprint as review
from webui.views.saved import blueprint as saved
from webui.views.things import blueprint as things

BLUEPRINTS = (
    pages,
    things,
    graph,
    named_graphs,
    reference,
    references,
    data,
    index,
    catalog,
    crawlers,
    evidence,
    about,
    search,
    suggestions,
    amending,
    following,
    history,
    news,
    paths,
    diagnose,
    account,
    importing,
    correcting,
    review,
    saved,
    contribute,
    handing,
    contribute_more,
    packs,
    pack_upload,
)
