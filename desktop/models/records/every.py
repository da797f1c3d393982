"""All tables, in one place: importing this module fills `metadata`."""

from __future__ import annotations

from desktop.models.records.analysis import AnalysisChoice, PopulationCount, PublishedTable
from desktop.models.records.attachments import Attachment, AttachmentContent
from desktop.models.records.audits import AuditCheck, AuditFinding, AuditVisit
from desktop.models.records.base import Base
from desktop.models.records.board import BoardTarget
from desktop.models.records.book import BookRow, Change, ImportProfile, Print, Register
from desktop.models.records.capacity import (
    ChangeAction,
    Commitment,
    CoordinationGuest,
    CoordinationMeeting,
    MaturityScore,
)
from desktop.models.records.groups import Constitution, Cycle, Group, Membership, OfficeTerm, PeriodClosing
from desktop.models.records.inclusion import (
    Accommodation,
    Assessment,
    Deprivation,
    DisabilityCertificate,
    FormFile,
    Vulnerability,
)
from desktop.models.records.jobs import Job, JobOpening, JobSeeker, JobTerm, Placement, PlacementCheck
from desktop.models.records.ledger import AccountRow, DayTotal, Posting, Voucher
from desktop.models.records.livelihoods import (
    BusinessPlan,
    Livelihood,
    LivelihoodLoan,
    LivelihoodStandard,
    LivelihoodStep,
    LivelihoodVisit,
    PriceIndex,
    WageFloor,
)
from desktop.models.records.loans import Loan, LoanDue, LoanEvent, LoanGuarantor, LoanProduct
from desktop.models.records.meetings import Draft, Meeting, MeetingAttendance
from desktop.models.records.money import (
    BankAccount,
    CashCount,
    Expense,
    ExternalMove,
    ExternalSource,
    OpeningBalance,
)
from desktop.models.records.people import Household, Member, MemberPhoto
from desktop.models.records.poverty import HouseholdPoverty
from desktop.models.records.privacy import (
    AccessEntry,
    Consent,
    DataRequest,
    ErasedItem,
    Erasure,
    User,
)
from desktop.models.records.promises import APPEND_ONLY, ERASABLE
from desktop.models.records.rosca import Rosca, RoscaOpening, RoscaPart, RoscaPayment
from desktop.models.records.savings import (
    SavingsCredit,
    SavingsNotice,
    SavingsRateRow,
    SavingsRun,
    SavingsTermsRow,
)
from desktop.models.records.share_outs import ShareOut
from desktop.models.records.shocks import Loss, LossEvent, PreparednessPlan, Relief
from desktop.models.records.social import SocialGrant
from desktop.models.records.supports import (
    AssetCheck,
    Support,
    SupportAssessment,
    SupportAsset,
    SupportContribution,
    SupportDecision,
    SupportStandard,
    SupportTransfer,
)
from desktop.models.records.templates import (
    AdoptionStep,
    CharterRow,
    GroupTemplate,
    ModelAdoption,
    WorkingModel,
)
from desktop.models.records.training import (
    ClassTrainer,
    Enrolment,
    Trainer,
    TrainingAttendance,
    TrainingCertificate,
    TrainingClass,
    TrainingCourse,
    TrainingFollowUp,
    TrainingSession,
)

metadata = Base.metadata

__all__ = [
    "APPEND_ONLY",
    "ERASABLE",
    "AccessEntry",
    "Accommodation",
    "AccountRow",
    "AdoptionStep",
    "AnalysisChoice",
    "Assessment",
    "AssetCheck",
    "Attachment",
    "AttachmentContent",
    "AuditCheck",
    "AuditFinding",
    "AuditVisit",
    "Base",
    "BankAccount",
    "BoardTarget",
    "BookRow",
    "BusinessPlan",
    "CashCount",
    "Change",
    "CharterRow",
    "ClassTrainer",
    "ChangeAction",
    "Commitment",
    "Consent",
    "Constitution",
    "CoordinationGuest",
    "CoordinationMeeting",
    "Cycle",
    "DataRequest",
    "DayTotal",
    "Deprivation",
    "DisabilityCertificate",
    "Draft",
    "Enrolment",
    "ErasedItem",
    "Erasure",
    "Expense",
    "ExternalMove",
    "ExternalSource",
    "FormFile",
    "Group",
    "GroupTemplate",
    "Household",
    "HouseholdPoverty",
    "ImportProfile",
    "Job",
    "JobOpening",
    "JobSeeker",
    "JobTerm",
    "Livelihood",
    "LivelihoodLoan",
    "LivelihoodStandard",
    "LivelihoodStep",
    "LivelihoodVisit",
    "Loan",
    "LoanDue",
    "LoanEvent",
    "LoanGuarantor",
    "LoanProduct",
    "Loss",
    "LossEvent",
    "MaturityScore",
    "Meeting",
    "MeetingAttendance",
    "Member",
    "MemberPhoto",
    "Membership",
    "ModelAdoption",
    "OfficeTerm",
    "OpeningBalance",
    "PeriodClosing",
    "Placement",
    "PlacementCheck",
    "PopulationCount",
    "Posting",
    "PreparednessPlan",
    "PriceIndex",
    "Print",
    "PublishedTable",
    "Register",
    "Relief",
    "Rosca",
    "RoscaOpening",
    "RoscaPart",
    "RoscaPayment",
    "Trainer",
    "TrainingAttendance",
    "TrainingCertificate",
    "TrainingClass",
    "TrainingCourse",
    "TrainingFollowUp",
    "TrainingSession",
    "SavingsCredit",
    "SavingsNotice",
    "SavingsRateRow",
    "SavingsRun",
    "SavingsTermsRow",
    "User",
    "Voucher",
    "Vulnerability",
    "ShareOut",
    "SocialGrant",
    "Support",
    "SupportAssessment",
    "SupportAsset",
    "SupportContribution",
    "SupportDecision",
    "SupportStandard",
    "SupportTransfer",
    "WageFloor",
    "WorkingModel",
    "metadata",
]
