"""Certificates: rated products get a signed certificate, and anybody can check it."""

from certificates.handlers import IssueCertificate
from certificates.issuing import Issuing
from certificates.registry import Registry
from certificates.routes import routes
from certificates.settings import Settings
from certificates.signing import Signer
from infra.events.certificates import CertificateIssued, CertificateRevoked
from infra.events.scoring import ProductRated
from infra.service import Resources, Service


def service(resources: Resources) -> Service:
    settings = Settings()
    signer = Signer(settings, resources.settings.data_dir / "keys")
    issuing = Issuing(resources, settings, signer)
    return Service(
        name="certificates",
        handlers={ProductRated: IssueCertificate(issuing, automatic=settings.automatic)},
        publishes=(CertificateIssued, CertificateRevoked),
        routes=routes(Registry(resources), issuing, signer, settings),
    )
